// Puts the device's remembered look on <html> before the page is painted: a classic script, so that it isn't deferred.
// ?theme=dark, ?contrast=more or ?size=large set it for good; an empty value forgets it.
(() => {
  const asked = new URLSearchParams(location.search);
  for (const look of ["theme", "contrast", "size"]) {
    if (asked.has(look)) localStorage.setItem(`hall.${look}`, asked.get(look));
    const value = localStorage.getItem(`hall.${look}`);
    if (value) document.documentElement.dataset[look] = value;
  }
})();
