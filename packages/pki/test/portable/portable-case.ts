// What must hold on every platform. These modules know neither Node nor a test runner: portable.test.ts runs them in
// Node, chromium.test.ts runs the same modules in a browser, from a bundle.

/** Node has every algorithm of the library; a browser may lack some, and then has to say so. */
export type Platform = 'node' | 'browser'

export interface PortableCase {
  readonly name: string
  run(platform: Platform): Promise<void>
}

/** @throws Error naming `what` when the values differ; bytes, dates and plain data only */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual, plain), JSON.stringify(expected, plain)]
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`)
}

/** Awaits a refusal and returns its code. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
  return 'no refusal'
}

/** The same of a function that answers at once. */
export const refused = (run: () => unknown): Promise<string> => refusal((async () => run())())

/**
 * Does the work where the platform has the algorithm. A browser that lacks it has to say so by the code for that, and
 * Node may not lack it.
 */
export async function whereKnown(platform: Platform, work: () => Promise<void>): Promise<void> {
  if (platform === 'node') return work()
  try {
    await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'algorithm_unsupported') return
    throw error
  }
}

const plain = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? [...value] : typeof value === 'bigint' ? String(value) : value
