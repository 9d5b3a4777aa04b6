// Before the first paint: the theme and language this device chose, so that nothing flashes. The app takes over from here.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('aime.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    var language = localStorage.getItem('aime.language') || navigator.language;
    root.lang = /^fr\b/i.test(language) ? 'fr' : 'en';
  } catch {
    // Storage is refused: the browser's own language it is.
    root.lang = /^fr\b/i.test(navigator.language) ? 'fr' : 'en';
  }

  // The browser may offer to install AIME before the app is there to keep the offer.
  addEventListener('beforeinstallprompt', function (event) {
    event.preventDefault();
    window.aimeInstallPrompt = event;
  });
})();
