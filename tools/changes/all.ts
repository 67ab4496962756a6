import type { Change } from './change.ts'
import { choice } from './choice.ts'
import { clientStore } from './client-store.ts'
import { column } from './column.ts'
import { custody } from './custody.ts'
import { deskStore } from './desk-store.ts'
import { origin } from './origin.ts'
import { owner } from './owner.ts'
import { profile } from './profile.ts'
import { routeWithPage } from './route-with-page.ts'

/** The changes that rows of ARCHITECTURE.md are counted by. A new one is a file and a line here, and a count in its row. */
export const CHANGES: readonly Change[] = [
  profile,
  deskStore,
  column,
  choice,
  custody,
  clientStore,
  routeWithPage,
  origin,
  owner,
]
