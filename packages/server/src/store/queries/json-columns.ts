import { Choices, Contact, FindingCode, MachineFacts, oneOf } from '@scel/contract/values'
import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { AuditEntry } from '../../core/audit/audit-event.ts'
import type { Request } from '../../core/registration/request.ts'

// What columns of JSON hold, in rows that have no code: whatever somebody wrote there. A row that does not read must take nothing
// with it, neither the page of a list that it stands on nor the job that walks past it.

/** What a column says; undefined where it is no JSON, or not of the shape that the desk writes. */
type Column<T> = (stored: unknown) => T | undefined

function column<T>(schema: TSchema): Column<T> {
  const compiled = Compile(schema)
  return (stored) => {
    let value: unknown
    try {
      value = JSON.parse(String(stored))
    } catch {
      return undefined
    }
    if (!compiled.Check(value)) return undefined
    return value as T
  }
}

const Scalar = Type.Union([Type.String(), Type.Number()])

export const namesColumn: Column<readonly string[]> = column(Type.Array(Type.String()))
export const machineColumn: Column<Request['machine']> = column(MachineFacts)
/** One that was erased says as much, and nothing else. */
const ErasedContact = Type.Object({ email: Type.Literal('') }, { additionalProperties: false })
export const contactColumn: Column<Request['contact']> = column(Type.Union([Contact, ErasedContact]))
export const choicesColumn: Column<Request['choices']> = column(Choices)
export const findingsColumn: Column<Request['findings']> = column(
  Type.Array(
    Type.Object({
      code: FindingCode,
      level: oneOf(['good', 'notice', 'warning']),
      facts: Type.Record(Type.String(), Scalar),
      of: Type.Optional(Type.Object({})),
    }),
  ),
)
export const factsColumn: Column<AuditEntry['facts']> = column(
  Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
)
/** Of a line of the log, the salts by the paths of what they open. */
export const saltsColumn: Column<Readonly<Record<string, string>>> = column(Type.Record(Type.String(), Type.String()))
