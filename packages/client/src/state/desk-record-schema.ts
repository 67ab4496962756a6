import { DeskStatement } from '@scel/contract/kit'
import { Environment, RequestSummary, Sha256 } from '@scel/contract/values'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { DeskRecord } from './desk-record.ts'

/** Whether what was read is a record as this version writes them. */
export const isDeskRecord = (value: unknown): value is DeskRecord => Value.Check(Schema, value)

const { name, services, roots, saidAt } = DeskStatement.properties

const Schema = Type.Object(
  {
    format: Type.Literal('scel-desk-record/3'),
    desk: Type.Object({ id: Sha256, name, services }, { additionalProperties: false }),
    environment: Environment,
    roots: Type.Object(
      {
        environment: roots.properties.test,
        said: Type.Optional(roots.properties.test),
        desk: roots.properties.desk,
        tls: roots.properties.tls,
      },
      { additionalProperties: false },
    ),
    saidAt,
    places: Type.Optional(Type.Array(services.properties.portal, { maxItems: 8 })),
    placedAt: Type.Optional(saidAt),
    requests: Type.Array(RequestSummary),
    keys: Type.Record(Type.String({ pattern: '^[0-9]+$' }), Type.String()),
    asked: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[0-9a-f]{16}$' }),
        Type.Object({
          subject: Type.String(),
          names: Type.Array(Type.String()),
          sentAt: Type.Optional(Type.String()),
          purposes: Type.Optional(Type.Array(Type.String())),
          elsewhere: Type.Optional(Type.Literal(true)),
        }),
      ),
    ),
    heardAt: Type.Optional(Type.String()),
    enrolledAt: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
