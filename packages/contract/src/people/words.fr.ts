import type { Sentence } from '../words/sentence.ts'
import type { PeopleErrors } from './errors.ts'

export const PEOPLE_FR: Readonly<Record<keyof PeopleErrors, Sentence>> = {
  invitation_unknown: {
    says: 'Ce lien d’invitation est inconnu.',
    hint: 'Copiez le lien en entier, ou demandez-en un nouveau à un administrateur ; un nouveau lien remplace l’ancien.',
  },
  invitation_expired: {
    says: 'Ce lien d’invitation a expiré le {at, date, long}.',
    hint: 'Demandez un nouveau lien à un administrateur ; pour le premier administrateur, lancez « scel-desk invite-admin » sur la machine hôte.',
  },
  invitation_spent: {
    says: 'Ce lien d’invitation a déjà servi le {at, date, long}.',
    hint: 'Si ce n’était pas vous, prévenez tout de suite un administrateur. Sinon, connectez-vous avec le certificat que vous avez créé.',
  },
  invitation_unconfirmed: {
    says: 'Ce lien attend un second administrateur : tant qu’aucun ne l’a confirmé, il n’ouvre rien.',
    hint: 'Demandez à un autre administrateur que celui qui vous a remis le lien de le confirmer, à la page des personnes ; puis ouvrez-le de nouveau.',
  },
  person_disabled: {
    says: 'Ce compte a été désactivé.',
    hint: 'Adressez-vous à un administrateur.',
  },
  person_not_disabled: {
    says: 'Ce compte n’est pas désactivé : qui est quelqu’un ici est appelé par son nom.',
    hint: 'Désactivez d’abord le compte, à la page de la personne.',
  },
  person_request_waiting: {
    says: 'La demande {request} de cette personne attend encore une décision.',
    hint: 'Décidez-en d’abord : qui décide doit voir qui demande.',
  },
  person_email_taken: {
    says: 'Un compte utilise déjà l’adresse {email}.',
    hint: 'Faites plutôt un nouveau lien pour ce compte.',
  },
  person_without_address: {
    says: 'Ce compte n’a pas d’adresse électronique, et il en faut une ici.',
    hint: 'Donnez l’adresse là où elle est demandée, ou demandez à un administrateur de vous inviter sous cette adresse.',
  },
  organisation_required: {
    says: 'Un gestionnaire d’enregistrement appartient à un organisme.',
    hint: 'Choisissez l’organisme.',
  },
  organisation_not_for_role: {
    says: '{role, select, administrator {Un administrateur} auditor {Un auditeur} other {Ce rôle}} n’appartient à aucun organisme.',
    hint: 'Retirez l’organisme.',
  },
  grant_given: {
    says: 'Cette personne l’est déjà, au même endroit et au moins aussi longtemps.',
    hint: 'Choisissez un autre rôle, un autre organisme, ou une fin plus lointaine.',
  },
  grant_until_past: {
    says: 'La fin indiquée, le {at, date, long}, est passée.',
    hint: 'Indiquez un jour à venir, ou aucun.',
  },
  last_administrator: {
    says: 'Après cela, plus personne ne serait administrateur sans limite de durée.',
    hint: 'Nommez d’abord un administrateur sans limite de durée ; sur la machine du service, scel-desk invite-admin en crée un.',
  },
  last_administrator_certificate: {
    says: 'C’est le certificat du dernier administrateur qui puisse se connecter : une fois révoqué, plus personne ne le pourrait.',
    hint: 'Faites-vous un nouveau lien à la page des personnes : le nouveau certificat remplace celui-ci, qui est alors révoqué. Si sa clé est en de mauvaises mains, utilisez tout de suite scel-desk invite-admin sur la machine du service.',
  },
  second_administrator_missing: {
    says: 'Cela demande un second administrateur, et il n’y en a pas d’autre que vous et la personne concernée.',
    hint: 'Sur la machine du service, scel-desk invite-admin fait le lien. Qui n’est plus administrateur compte encore trois jours : ensuite, qui est seul ne demande à personne.',
  },
  second_administrator_needed: {
    says: 'C’est un autre administrateur qui confirme cela : ni celui qui l’a demandé, ni celui à qui cela est destiné.',
    hint: 'Adressez-vous à un autre administrateur. Si aucun ne peut se connecter, scel-desk invite-admin sur la machine du service fait un lien.',
  },
  confirmation_not_wanted: {
    says: 'Il n’y a rien à confirmer ici : c’est déjà confirmé, refusé ou remplacé, ou celui qui l’a demandé n’est plus administrateur.',
    hint: 'Rechargez la page ; au besoin, refaites la demande.',
  },
  not_as_seen: {
    says: 'Ce qui est là n’est plus ce que vous avez vu : autre chose a pris sa place entre-temps. Rien n’a été fait.',
    hint: 'Rechargez la page et regardez ce qui est là maintenant, de qui et depuis quand.',
  },
  person_is_self: {
    says: 'Vous ne pouvez pas faire cela sur votre propre compte.',
    hint: 'Demandez à un autre administrateur.',
  },
}
