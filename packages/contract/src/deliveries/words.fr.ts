import type { Sentence } from '../words/sentence.ts'
import type { DeliveryErrors } from './errors.ts'

export const DELIVERIES_FR: Readonly<Record<keyof DeliveryErrors, Sentence>> = {
  delivery_over: {
    says: 'Le contenu de cet envoi ne sert plus à personne.',
    hint: 'Refaites l’opération dont il s’agissait : un nouvel envoi partira.',
  },
  delivery_taken: {
    says: 'Cet envoi a été reçu par son destinataire.',
    hint: 'Consultez de nouveau la liste : il n’y a rien à relancer.',
  },
  webhook_secret_malformed: {
    says: 'Le fichier {path} ne contient pas de secret de webhook : whsec_ suivi de 24 à 64 octets en base64.',
    hint: 'Écrivez-le avec openssl rand -base64 32, précédé de whsec_, et donnez le même à qui reçoit les messages.',
  },
}
