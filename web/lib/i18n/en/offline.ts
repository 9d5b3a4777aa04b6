/** Whether AIME opens without a network here, what is missing and what to do; and how it is installed. */
export default {
  'offline.works': 'Works offline. Everything is on this device.',
  'offline.since': 'Works offline. Everything is on this device, as of {when}.',
  'offline.checking': 'Checking what is on this device.',
  'offline.http':
    'Does not work offline: this address is plain HTTP, and browsers only store apps from a secure one. Open AIME over HTTPS, once the server has a certificate.',
  'offline.unsupported':
    'Does not work offline: this browser cannot store the app here, often because the window is private. Open AIME in an ordinary window, or in another browser.',
  'offline.certificate':
    'Does not work offline: this device does not trust the server’s certificate. Install that certificate, or the authority that signed it, on this device, then reload.',
  'offline.blocked':
    'Does not work offline: this browser is set to store nothing from this address. Allow cookies and site data for it in the browser’s settings, then reload.',
  'offline.unreachable':
    'Not offline yet: the app’s own files did not arrive whole. Stay on the network and try again.',
  'offline.starting': 'Not offline yet: the app’s own files are about to be fetched. Leave this page open.',
  'offline.files': 'Not offline yet: the app’s own files are being fetched, {here} of {of}. Leave this page open.',
  'offline.past': 'This page was loaded past the copy on this device. Reload it, and it works offline.',
  'offline.torn': {
    one: 'Does not work offline: {n} of the app’s files is missing on this device. Connect to the server and try again.',
    other:
      'Does not work offline: {n} of the app’s files are missing on this device. Connect to the server and try again.',
  },
  'offline.refused':
    'Does not work offline: this window stores nothing, as private windows do. Open AIME in an ordinary window.',
  'offline.full':
    'Does not work offline: the browser gives AIME no more space, so the library here is not complete. Free some space on this device, then try again.',
  'offline.lost':
    'Does not work offline: the browser has deleted the library on this device. Reload to fetch it again.',
  'offline.failed':
    'Does not work offline: the browser gives no access to the library on this device. Reload to open it again.',
  'offline.arriving': 'Not offline yet: the library is still arriving, {percent}. Leave this page open.',
  'offline.incomplete':
    'The library on this device is not complete, and the server does not answer. Connect once more until all of it is here.',
  'offline.held':
    'Opens offline, with a library that is not the server’s. Choose which of the two this device follows.',
  'offline.unreadable': {
    one: 'Opens offline, but {n} entry from the server cannot be read by this version. Reload to get the newest one.',
    other:
      'Opens offline, but {n} entries from the server cannot be read by this version. Reload to get the newest one.',
  },
  'offline.behind': 'Opens offline, but the newest changes are still arriving, {percent}.',
  'offline.httpSlip': 'Opened over plain HTTP, AIME needs the network each time. Over HTTPS it works offline too.',
  'install.installed': 'Installed on this device.',
  'install.share1': 'Tap Share in the browser’s bar.',
  'install.share2': 'Choose “Add to Home Screen”.',
  'install.share3': 'Tap Add. AIME is then among your apps.',
} as const;
