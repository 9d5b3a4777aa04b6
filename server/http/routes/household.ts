import { getCounts, getHousehold, listDevices, updateHousehold } from '#shared/api/household.ts';
import type { Library } from '../../library/api/library.ts';
import { route } from '../route.ts';

export const householdRoutes = (library: Library) => [
  route(getHousehold, () => library.household.get()),
  route(updateHousehold, ({ body }) => {
    library.household.update(body);
    return library.household.get();
  }),
  route(listDevices, () => ({ items: library.devices.all() })),
  route(getCounts, () => library.reads.counts()),
];
