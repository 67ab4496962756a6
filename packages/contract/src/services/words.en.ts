import type { Sentence } from '../words/sentence.ts'
import type { ServiceErrors } from './errors.ts'

export const SERVICES_EN: Readonly<Record<keyof ServiceErrors, Sentence>> = {
  service_name_taken: {
    says: 'This organisation already has a service called “{name}”.',
    hint: 'Choose another name. A closed service keeps its own, for the certificates that name it.',
  },
  service_closed: {
    says: 'The service “{name}” of this organisation is closed: nothing new is made for it.',
    hint: 'Choose another service, or the organisation as a whole. Reject what still waits for a decision.',
  },
  services_too_many: {
    says: 'An organisation has at most {most} services.',
    hint: 'Rename one that is not needed any more.',
  },
}
