// What must hold on every platform. These modules know neither Node nor a test runner: portable.test.ts runs them in
// Node, and a browser runs the same modules from a bundle.

export interface PortableCase {
  readonly name: string
  run(): Promise<void>
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

const plain = (_key: string, value: unknown): unknown => (value instanceof Uint8Array ? [...value] : value)
