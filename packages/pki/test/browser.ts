// A real Chromium for the portable suite: a page of our own from this process, nothing else on the network.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { chromiumPath, QUIET } from '@scel/testkit/peers'
import { chromium } from 'playwright-core'

/** Milliseconds that only what hangs takes. */
const PATIENCE = 90_000

/** A page that has loaded a module and answers by JSON. */
export interface ModulePage {
  /** Calls what the module exports under `name`. Bytes do not travel: give and take text. */
  call<T>(name: string, ...given: readonly unknown[]): Promise<T>
  /** What the page said on its console, errors of scripts and of loading included. */
  readonly complaints: readonly string[]
}

/** Opens a page with `module` (text of an ES module) on localhost; skips the test, loudly, where there is no Chromium. */
export async function modulePage(t: TestContext, module: string): Promise<ModulePage | undefined> {
  const executablePath = chromiumPath()
  if (!executablePath) {
    t.skip('MISSING ON THIS MACHINE: chromium (set SCEL_CHROMIUM)')
    return undefined
  }
  const files: Readonly<Record<string, readonly [type: string, content: string]>> = {
    '/': ['text/html', '<!doctype html><title>suite</title><link rel="icon" href="data:,">'],
    '/module.js': ['text/javascript', module],
  }
  const server = createServer((request, response) => {
    const [type, content] = files[request.url ?? ''] ?? ['text/plain', undefined]
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', ...QUIET],
    timeout: PATIENCE,
  })
  t.after(() => browser.close())
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE)
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  // WebCrypto is there on localhost and under https alone.
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
  return {
    complaints,
    call: (name, ...given) =>
      page.evaluate(
        async ([path, asked, values]) => {
          const loaded = (await import(path)) as Record<string, (...args: readonly unknown[]) => unknown>
          return loaded[asked]!(...values)
        },
        ['/module.js', name, given] as const,
      ) as Promise<never>,
  }
}
