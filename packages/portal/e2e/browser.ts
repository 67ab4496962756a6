import { QUIET } from '@scel/testkit/peers'
import { type Browser, chromium } from 'playwright-core'
import type { Fonts } from './fonts.ts'

/** Milliseconds that whatever a page is to do may take. They are no measure of speed: only what hangs takes so long. */
const PATIENCE = 90_000

/** Without calls of its own, and without a window. */
export const FLAGS: readonly string[] = ['--headless', ...QUIET]

/** @param fonts those that it has instead of the machine's */
export const launch = (executablePath: string, fonts?: Fonts): Promise<Browser> =>
  launchWith(executablePath, FLAGS, { ...process.env, ...fonts?.env })

/** @param env the whole environment that it runs in */
export async function launchWith(
  executablePath: string,
  flags: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: [...flags], env, timeout: PATIENCE })
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE))
  return browser
}
