import type { Sentence } from '../words/sentence.ts'
import type { DeliveryErrors } from './errors.ts'

export const DELIVERIES_EN: Readonly<Record<keyof DeliveryErrors, Sentence>> = {
  delivery_over: {
    says: 'What this told is of no use to anybody any more.',
    hint: 'Have whatever it was about done again: that is told anew.',
  },
  delivery_taken: {
    says: 'This was taken by whom it was for.',
    hint: 'Look at the list again: nothing has to be sent.',
  },
  webhook_secret_malformed: {
    says: 'The file {path} holds no secret of a webhook: whsec_ and 24 to 64 bytes in base64.',
    hint: 'Write one with openssl rand -base64 32, whsec_ before it, and give the same to whoever is told.',
  },
}
