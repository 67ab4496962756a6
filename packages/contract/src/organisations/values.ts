import { type Static, Type } from 'typebox'
import { CountryCode, Id, Instant, Line, OrganisationCode } from '../basics/basics.ts'

export const Organisation = Type.Object({
  id: Id,
  code: OrganisationCode,
  name: Line(64),
  country: CountryCode,
  siren: Type.Optional(Type.String({ pattern: '^[0-9]{9}$', maxLength: 9, description: 'checked by its Luhn digit' })),
  nameSuffixes: Type.Array(Type.String(), {
    description: 'names that its servers may have, each with all below it; none at first',
  }),
  nameOverlaps: Type.Optional(
    Type.Array(
      Type.Object({
        suffix: Type.String(),
        organisation: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
      }),
      {
        description:
          'names of other organisations that reach into these; for administrators and auditors, of one organisation',
      },
    ),
  ),
  createdAt: Instant,
  counts: Type.Object({
    managers: Type.Integer(),
    kits: Type.Integer(),
    pending: Type.Integer(),
    certificates: Type.Integer(),
  }),
})
export type Organisation = Static<typeof Organisation>

/** Names for servers, as an administrator types them. */
export const NameSuffixes = Type.Array(Line(255), { maxItems: 50 })
export type NameSuffixes = Static<typeof NameSuffixes>
