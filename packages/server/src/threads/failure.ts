import { DeskError, type DeskErrorCode, isDeskError } from '@scel/contract/errors'

// An error that goes to another thread is copied, and loses its class and its codes on the way. Here it is taken to
// pieces before, and put together after.

/** An error on its way to another thread. */
export interface Failure {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly desk?: { readonly code: DeskErrorCode; readonly facts: object }
  /** What the system says besides: `code`, `syscall`, `port`, `address`, `path`. */
  readonly system: Readonly<Record<string, string | number>>
  readonly cause?: Failure
}

export function failureOf(error: unknown, depth = 0): Failure {
  const { name, message, stack, cause } = error instanceof Error ? error : new Error(String(error))
  const system = Object.fromEntries(SYSTEM.flatMap((field) => fieldOf(error, field)))
  return {
    ...{ name, message, stack, system },
    ...(isDeskError(error) && { desk: { code: error.code, facts: error.facts } }),
    ...(cause !== undefined && depth < DEEPEST && { cause: failureOf(cause, depth + 1) }),
  }
}

export function errorOf({ name, message, stack, desk, system, cause }: Failure): Error {
  const inner = cause && errorOf(cause)
  const error = desk
    ? new DeskError(desk.code, desk.facts as never, inner)
    : Object.assign(new Error(message, inner && { cause: inner }), { name }, system)
  if (stack !== undefined) error.stack = stack
  return error
}

function fieldOf(error: unknown, field: string): [string, string | number][] {
  const value = (error as Readonly<Record<string, unknown>> | null | undefined)?.[field]
  return typeof value === 'string' || typeof value === 'number' ? [[field, value]] : []
}

const SYSTEM = ['code', 'syscall', 'port', 'address', 'path', 'errno', 'errcode']
const DEEPEST = 4
