// Runs before the first paint, as a file because the desk forbids inline scripts: without it a dark screen flashes white.
;(() => {
  let scheme = 'auto'
  let language
  try {
    scheme = localStorage.getItem('scel-colour-scheme') ?? 'auto'
    language = localStorage.getItem('scel-language')
  } catch {
    // storage is switched off: the defaults serve
  }
  const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  document.documentElement.lang = language ?? (navigator.language.startsWith('fr') ? 'fr' : 'en')
})()
