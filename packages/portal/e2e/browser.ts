import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import type { Fonts } from './fonts.ts'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Where a Chromium is, or undefined; `SCEL_CHROMIUM` names another. */
export const chromiumPath = (): string | undefined =>
  [process.env.SCEL_CHROMIUM ?? '', ...PLACES].find((path) => path && existsSync(path))

/** Without calls of its own. */
export const QUIET: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** And without a window. */
export const FLAGS: readonly string[] = ['--headless', ...QUIET]

/** @param fonts those that it has instead of the machine's */
export const launch = (executablePath: string, fonts?: Fonts): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [...FLAGS],
    ...(fonts && { env: { ...(process.env as Record<string, string>), ...fonts.env } }),
  })
