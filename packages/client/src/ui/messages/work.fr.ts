import type { WORK_EN } from './work.en.ts'

/** Ce que disent les commandes qui travaillent sur des fichiers. Le type exige chaque traduction. */
export const WORK_FR: Readonly<Record<keyof typeof WORK_EN, string>> = {
  written: 'écrit dans {file}',
  ask_pin: 'code PIN du jeton {token}',
  ask_passphrase: 'phrase de passe de {file}',
  ask_new_passphrase: 'nouvelle phrase de passe (au moins {least} caractères)',
  ask_passphrase_again: 'la même encore une fois',
  ask_passphrase_short: 'au moins {least} caractères',
  ask_passphrase_weak: 'devinée en quelques jours : ajoutez des mots sans rapport entre eux',
  ask_passphrase_differs: 'ce n’est pas la même',

  // verify
  chain_not_found: 'introuvable : {name}',
  chain_trusted: 'digne de confiance',
  chain_dates: 'du {from} au {until}',
  chain_by_crl: 'liste {number} du {at}',
  chain_by_ocsp: 'réponse OCSP du {at}',
  chain_good: 'révocation : non révoqué ({by})',
  chain_revoked: 'révocation : révoqué le {at}, {reason} ({by})',
  chain_unknown: 'révocation : inconnue',
  chain_not_needed: 'révocation : sans objet',
  chain_not_asked: 'révocation : non demandée',
  chain_refused: 'refusés :',
  chain_policies: 'politiques : {policies}',
  verify_valid: 'valable pour {purpose} le {at}',
  verify_invalid: 'non valable pour {purpose} le {at}',
  verify_valid_any: 'valable le {at}',
  verify_invalid_any: 'non valable le {at}',
  verify_itself_anchor:
    '{name} est parmi les autorités de confiance que vous donnez : admis parce que vous le dites, personne d’autre n’en répond',
  verify_revocation_not_asked: 'la révocation n’a pas été demandée : donnez --online, --crl ou --ocsp',
  verify_fetched: 'cherché {url}',
  verify_not_fetched: '{url} n’a pas pu être cherché : {reason}',
  verify_want_issuer: 'le certificat de l’émetteur est à {url}',
  verify_want_crl: 'une liste de révocation est à {url}',
  'verify_want_delta-crl': 'une liste de révocation delta est à {url}',
  verify_want_ocsp: 'une réponse OCSP est à {url}',

  // key, csr, lint
  key_matches: 'la même clé',
  key_differs: 'une autre clé',
  key_written: 'la clé est écrite dans {file}',
  lint_error: 'erreur',
  lint_warning: 'attention',
  lint_notice: 'note',
  lint_by: 'jugé selon {suites}',
  lint_finding: '{severity} : {says}',
  lint_none: '{name} : rien à redire',

  // fichiers .p12
  pkcs12_weak: '{file} est mal protégé ({how}) : convertissez-le',
}
