import type { deliveries as en } from '../en/deliveries.ts'
import type { Translation } from '../translation.ts'

export const deliveries: Translation<typeof en> = {
  'deliveries.title': 'Envois',
  'deliveries.lead':
    'Ce dont un autre système est averti : les décisions sur les demandes, les certificats qui vont expirer, ont expiré ou sont révoqués. Chaque envoi est répété jusqu’à sa réception, pendant trois jours.',
  'deliveries.list': 'Envois',
  'deliveries.which': 'Quels envois',
  'deliveries.all': 'Tous',
  'deliveries.event': 'Objet',
  'deliveries.event.request.approved': 'Demande {name} approuvée',
  'deliveries.event.request.rejected': 'Demande {name} rejetée',
  'deliveries.event.request.expired': 'Demande {name} expirée',
  'deliveries.event.certificate.expiring':
    'Certificat {name} : fin dans {days, plural, one {# jour} many {# jours} other {# jours}}',
  'deliveries.event.certificate.expired': 'Certificat {name} arrivé à expiration',
  'deliveries.event.certificate.revoked': 'Certificat {name} révoqué',
  'deliveries.state': 'État',
  'deliveries.state.due': 'En cours',
  'deliveries.state.done': 'Reçu',
  'deliveries.state.given-up': 'Abandonné',
  'deliveries.attempts': 'Essais',
  'deliveries.answer': 'Dernière réponse',
  'deliveries.noAnswer': 'Aucune pour l’instant',
  'deliveries.answer.taken': 'Reçu, avec le statut {status}.',
  'deliveries.answer.refused': 'Non reçu : la réponse a le statut {status}.',
  'deliveries.answer.late': 'Aucune réponse en dix secondes.',
  'deliveries.answer.unanswered': 'La connexion a été fermée sans réponse.',
  'deliveries.answer.garbled': 'La réponse n’est pas du HTTP, ou pas du TLS.',
  'deliveries.answer.untrusted': 'Le certificat présenté à cette adresse n’est pas reconnu.',
  'deliveries.answer.unreachable': 'Personne n’est joignable à cette adresse.',
  'deliveries.answer.forbidden': 'Pas d’appel : l’adresse n’est pas en https sur le réseau public.',
  'deliveries.answer.stopped': 'Le service a été arrêté avant la réponse.',
  'deliveries.next': 'Prochain essai',
  'deliveries.resend': 'Relancer',
  'deliveries.resendTooltip': 'Envoie maintenant, puis réessaie pendant trois jours encore.',
  'deliveries.resendDueTooltip': 'Envoie maintenant, sans attendre le prochain essai.',
  'deliveries.resent': 'L’envoi est relancé.',
  'deliveries.none': 'Rien à envoyer',
  'deliveries.noneText':
    'Si le service est démarré avec --webhook-address, les décisions sur les demandes et la fin des certificats figurent ici pendant trente jours.',
}
