import { type Static, Type } from 'typebox'
import { CountryCode, Id, Instant, Line, OrganisationCode } from './basics.ts'

export const Organisation = Type.Object({
  id: Id,
  code: OrganisationCode,
  name: Line(64),
  country: CountryCode,
  siren: Type.Optional(Type.String({ pattern: '^[0-9]{9}$', maxLength: 9, description: 'checked by its Luhn digit' })),
  createdAt: Instant,
  counts: Type.Object({
    managers: Type.Integer(),
    kits: Type.Integer(),
    pending: Type.Integer(),
    certificates: Type.Integer(),
  }),
})
export type Organisation = Static<typeof Organisation>
