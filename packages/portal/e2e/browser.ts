import { QUIET } from '@scel/testkit/peers'
import { type Browser, chromium } from 'playwright-core'
import type { Fonts } from './fonts.ts'

/** Without calls of its own, and without a window. */
export const FLAGS: readonly string[] = ['--headless', ...QUIET]

/** @param fonts those that it has instead of the machine's */
export const launch = (executablePath: string, fonts?: Fonts): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [...FLAGS],
    ...(fonts && { env: { ...(process.env as Record<string, string>), ...fonts.env } }),
  })
