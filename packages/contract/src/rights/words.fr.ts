import type { Right, Strength } from './values.ts'

/** What each right allows, as it follows « le droit »; French. */
export const RIGHTS_FR: Readonly<Record<Right, string>> = {
  read_requests: 'de voir les demandes',
  decide_requests: 'de décider des demandes',
  withdraw_requests: 'de retirer ce que vous avez demandé vous-même',
  ask_by_file: 'de demander un certificat avec un fichier',
  read_blocked_keys: 'de voir les clés bloquées',
  block_keys: 'de bloquer des clés',
  read_certificates: 'de voir les certificats',
  revoke_certificates: 'de révoquer ce certificat',
  trace_certificates: 'de voir à quoi un certificat a servi',
  read_recipients: 'de voir pour qui l’on peut sceller',
  read_authorities: 'de voir les autorités',
  read_organisations: 'de voir les organismes',
  make_organisations: 'd’ajouter des organismes',
  set_organisation_names: 'de dire quels noms un organisme peut avoir',
  keep_services: 'de tenir les services d’un organisme',
  read_profiles: 'de voir les profils',
  read_kits: 'de voir les kits',
  make_kits: 'de créer des kits',
  confirm_kits: 'de confirmer des kits',
  end_standing_approvals: 'de mettre fin à une approbation permanente',
  withdraw_kits: 'de retirer des kits',
  read_people: 'de voir les personnes du service',
  invite_people: 'd’inviter des personnes',
  confirm_people: 'de confirmer des invitations',
  disable_people: 'de retirer l’accès à quelqu’un',
  give_grants: 'de dire ce que quelqu’un peut faire',
  end_grants: 'de retirer un rôle à quelqu’un',
  read_sessions: 'de voir les sessions de tous',
  end_sessions: 'de fermer la session d’autrui',
  keep_credentials: 'de dire comment on se connecte',
  end_credentials: 'de mettre fin à un moyen de connexion d’autrui',
  read_log: 'de lire le journal',
  read_deliveries: 'de voir les envois du service',
  resend_deliveries: 'de relancer les envois du service',
}

/** Each level of assurance, as it stands after « un niveau »; French. */
export const STRENGTHS_FR: Readonly<Record<Strength, string>> = {
  low: 'faible',
  substantial: 'substantiel',
  high: 'élevé',
}
