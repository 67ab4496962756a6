//
// Stands for `node:test` where the same tests run many times in one process: keeps them instead of running them.

type Hook = () => unknown
type Body = (t: object) => unknown

/** A test as it was declared. */
export interface Declared {
  readonly name: string
  readonly body: Body
  readonly suites: readonly Suite[]
}

interface Suite {
  before: Hook[]
  readonly beforeEach: Hook[]
  readonly afterEach: Hook[]
}

const suite = (): Suite => ({ before: [], beforeEach: [], afterEach: [] })
const open: Suite[] = [suite()]
const inmost = (): Suite => open.at(-1)!

export const declared: Declared[] = []

type Options = { readonly skip?: unknown }
type Rest<F> = readonly [F] | readonly [Options, F]
const skips = ([options]: Rest<unknown>): boolean => typeof options !== 'function' && Boolean((options as Options).skip)

export function test(name: string, ...rest: Rest<Body>): void {
  if (!skips(rest)) declared.push({ name, body: rest.at(-1) as Body, suites: [...open] })
}
export const it: typeof test = test

/** What needs a server of databases is left out where rules are asked: the embedded one starts at once. */
export function describe(name: string, ...rest: Rest<Hook>): void {
  if (skips(rest) || (process.env.SCEL_SERVERS !== '1' && /PostgreSQL/.test(name))) return
  open.push(suite())
  ;(rest.at(-1) as Hook)()
  open.pop()
}

export const before = (hook: Hook): void => void inmost().before.push(hook)
export const beforeEach = (hook: Hook): void => void inmost().beforeEach.push(hook)
export const afterEach = (hook: Hook): void => void inmost().afterEach.push(hook)
/** The process ends instead. */
export const after = (_: Hook): void => {}

/** @throws whatever the test throws, now or out of its sight */
export async function runAgain({ name, body, suites }: Declared): Promise<void> {
  const { promise: stray, reject } = Promise.withResolvers<never>()
  stray.catch(() => undefined)
  process.on('uncaughtException', reject).on('unhandledRejection', reject)
  try {
    await Promise.race([stray, run(name, body, suites)])
  } finally {
    process.off('uncaughtException', reject).off('unhandledRejection', reject)
  }
}

async function run(name: string, body: Body, suites: readonly Suite[]): Promise<void> {
  const ends: Hook[] = []
  const { mock } = process.getBuiltinModule('node:test')
  const t = {
    name,
    mock,
    signal: new AbortController().signal,
    after: (hook: Hook) => ends.push(hook),
    diagnostic: () => {},
    skip: () => {},
    test: (inner: string, ...rest: Rest<Body>) => run(inner, rest.at(-1) as Body, []),
  }
  for (const one of suites) for (const hook of one.before.splice(0)) await hook()
  try {
    for (const one of suites) for (const hook of one.beforeEach) await hook()
    await body(t)
  } finally {
    for (const hook of ends) await hook()
    for (const one of suites) for (const hook of one.afterEach) await hook()
    mock.reset()
  }
}
