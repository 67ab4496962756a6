import { DESKS_FAILURES_FR, DESKS_FR, DESKS_HELP_FR } from './desks.fr.ts'
import { FAILURES_FR as GENERAL_FR } from './failures.fr.ts'
import { HELP_FR as COMMANDS_HELP_FR } from './help.fr.ts'
import { IDENTITIES_FAILURES_FR, IDENTITIES_FR, IDENTITIES_HELP_FR } from './identities.fr.ts'
import { OBJECTS_FR } from './objects.fr.ts'
import { SEALING_FAILURES_FR, SEALING_FR, SEALING_HELP_FR } from './sealing.fr.ts'
import { SIGNING_FAILURES_FR, SIGNING_FR, SIGNING_HELP_FR } from './signing.fr.ts'
import { TEXTS_FR as COMMANDS_FR } from './texts.fr.ts'
import { WORK_FR } from './work.fr.ts'
import { WORK_FAILURES_FR } from './work-failures.fr.ts'

export const HELP_FR: typeof COMMANDS_HELP_FR &
  typeof SEALING_HELP_FR &
  typeof SIGNING_HELP_FR &
  typeof DESKS_HELP_FR &
  typeof IDENTITIES_HELP_FR = {
  ...COMMANDS_HELP_FR,
  ...DESKS_HELP_FR,
  ...SEALING_HELP_FR,
  ...SIGNING_HELP_FR,
  ...IDENTITIES_HELP_FR,
}

export const TEXTS_FR: typeof COMMANDS_FR &
  typeof OBJECTS_FR &
  typeof WORK_FR &
  typeof SEALING_FR &
  typeof SIGNING_FR &
  typeof DESKS_FR &
  typeof IDENTITIES_FR = {
  ...COMMANDS_FR,
  ...DESKS_FR,
  ...OBJECTS_FR,
  ...WORK_FR,
  ...SEALING_FR,
  ...SIGNING_FR,
  ...IDENTITIES_FR,
}

export const FAILURES_FR: typeof GENERAL_FR &
  typeof WORK_FAILURES_FR &
  typeof SEALING_FAILURES_FR &
  typeof SIGNING_FAILURES_FR &
  typeof DESKS_FAILURES_FR &
  typeof IDENTITIES_FAILURES_FR = {
  ...GENERAL_FR,
  ...DESKS_FAILURES_FR,
  ...WORK_FAILURES_FR,
  ...SEALING_FAILURES_FR,
  ...SIGNING_FAILURES_FR,
  ...IDENTITIES_FAILURES_FR,
}
