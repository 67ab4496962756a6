/** The browser and system that a User-Agent names, as far as people care; the whole text otherwise, cut. */
export function agentName(agent: string): string {
  const browser = BROWSERS.find(([, pattern]) => pattern.test(agent))?.[0]
  const system = SYSTEMS.find(([, pattern]) => pattern.test(agent))?.[0]
  return [browser, system].filter(Boolean).join(' · ') || agent.slice(0, 60)
}

// In this order: Edge and Chrome also call themselves Safari, and Edge calls itself Chrome.
const BROWSERS = [
  ['Edge', /Edg(?:e|A|iOS)?\//],
  ['Firefox', /Firefox\/|FxiOS\//],
  ['Chrome', /Chrome\/|CriOS\/|Chromium\//],
  ['Safari', /Safari\//],
  ['curl', /^curl\//],
] as const

const SYSTEMS = [
  ['Windows', /Windows/],
  ['iOS', /iPhone|iPad/],
  ['macOS', /Mac OS|Macintosh/],
  ['Android', /Android/],
  ['Linux', /Linux/],
] as const
