import { KitFile } from '@scel/contract/kit'
import { Environment, RequestSummary } from '@scel/contract/values'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { DeskRecord } from './desk-record.ts'

/** Whether what was read is a record as this version writes them. */
export const isDeskRecord = (value: unknown): value is DeskRecord => Value.Check(Schema, value)

const Schema = Type.Object(
  {
    format: Type.Literal('scel-desk-record/1'),
    desk: KitFile.properties.desk,
    environment: Environment,
    roots: KitFile.properties.roots,
    requests: Type.Array(RequestSummary),
    keys: Type.Record(Type.String({ pattern: '^[0-9]+$' }), Type.String()),
    asked: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[0-9a-f]{16}$' }),
        Type.Object({ subject: Type.String(), names: Type.Array(Type.String()) }),
      ),
    ),
    heardAt: Type.Optional(Type.String()),
    enrolledAt: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
