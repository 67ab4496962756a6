import { Type } from 'typebox'
import { Profile } from '../values/profile.ts'
import { person, route } from './route.ts'

/** In the order of their names. A manager is shown those that managers see. */
export const listProfiles = route({
  method: 'GET',
  path: '/api/profiles',
  summary: 'Profiles: what certificates may contain, and what kits may ask for',
  tag: 'certificates',
  access: person('read_profiles'),
  output: Type.Object({ items: Type.Array(Profile) }),
})
