import type { Sentence } from '../words/sentence.ts'
import type { ServiceErrors } from './errors.ts'

export const SERVICES_FR: Readonly<Record<keyof ServiceErrors, Sentence>> = {
  service_name_taken: {
    says: 'Cet organisme a déjà un service nommé « {name} ».',
    hint: 'Choisissez un autre nom. Un service fermé garde le sien, pour les certificats qui le portent.',
  },
  service_closed: {
    says: 'Le service « {name} » de cet organisme est fermé : rien de nouveau n’est fait pour lui.',
    hint: 'Choisissez un autre service, ou l’organisme entier. Rejetez ce qui attend encore une décision.',
  },
  services_too_many: {
    says: 'Un organisme a au plus {most} services.',
    hint: 'Renommez-en un qui ne sert plus.',
  },
}
