// Django's own URLify writes ø as o and å as a; Danish addresses say oe and aa, as our fixtures do.
(() => {
  const plain = window.URLify;
  const danish = { "ø": "oe", "Ø": "oe", "å": "aa", "Å": "aa" };
  window.URLify = (text, ...rest) => plain(text.replace(/[øåØÅ]/g, (letter) => danish[letter]), ...rest);
})();
