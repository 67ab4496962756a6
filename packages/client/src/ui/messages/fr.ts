import { OBJECTS_FR } from './objects.fr.ts'
import { TEXTS_FR as COMMANDS_FR } from './texts.fr.ts'
import { WORK_FR } from './work.fr.ts'

export { FAILURES_FR } from './failures.fr.ts'
export { HELP_FR } from './help.fr.ts'

export const TEXTS_FR: typeof COMMANDS_FR & typeof OBJECTS_FR & typeof WORK_FR = {
  ...COMMANDS_FR,
  ...OBJECTS_FR,
  ...WORK_FR,
}
