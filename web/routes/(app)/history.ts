import { goto } from '$app/navigation';

let movedInside = false;

/** To be called after every navigation within the app: from then on there is a page of ours to go back to. */
export function rememberNavigation(): void {
  movedInside = true;
}

/** Back to where one came from, at the same height of the page; to a given place when one came from outside. */
export function goBack(otherwise: string): void {
  if (movedInside) history.back();
  else void goto(otherwise);
}
