import { Type } from 'typebox'
import { CountryCode, Cursor, Id, Line, OrganisationCode, PageOf, PageSize } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'
import { NameSuffixes, Organisation } from './values.ts'

/** A manager sees their own organisation only. */
export const listOrganisations = route({
  method: 'GET',
  path: '/api/organisations',
  summary: 'Organisations',
  tag: 'organisations',
  access: person('read_organisations'),
  query: Type.Object({ search: Type.Optional(Line(100, 0)), after: Cursor, size: PageSize }),
  output: PageOf(Organisation),
})

export const getOrganisation = route({
  method: 'GET',
  path: '/api/organisations/:id',
  summary: 'One organisation',
  tag: 'organisations',
  access: person('read_organisations'),
  params: Type.Object({ id: Id }),
  output: Organisation,
})

export const createOrganisation = route({
  method: 'POST',
  path: '/api/organisations',
  summary: 'Make an organisation',
  once: true,
  tag: 'organisations',
  access: person('make_organisations'),
  body: Type.Object({
    code: OrganisationCode,
    name: Line(64),
    country: CountryCode,
    siren: Type.Optional(Type.String({ pattern: '^[0-9 ]{9,11}$', maxLength: 11 })),
    nameSuffixes: Type.Optional(NameSuffixes),
  }),
  output: Organisation,
})

/** What was certified before stays; what is asked for from now on, or still to be approved, has to fit. */
export const setOrganisationNames = route({
  method: 'POST',
  path: '/api/organisations/:id/names',
  summary: 'Say which names the servers of an organisation may have',
  tag: 'organisations',
  access: person('set_organisation_names'),
  params: Type.Object({ id: Id }),
  body: Type.Object({ nameSuffixes: NameSuffixes }),
  output: Organisation,
})
