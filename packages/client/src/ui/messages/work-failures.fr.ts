import type { Sentence } from '@scel/contract/errors'
import type { WORK_FAILURES_EN } from './work-failures.en.ts'

/** Ce qui peut échouer dans les commandes qui travaillent sur des fichiers. Le type exige chaque traduction. */
export const WORK_FAILURES_FR: Readonly<Record<keyof typeof WORK_FAILURES_EN, Sentence>> = {
  file_exists: { says: '{file} existe déjà', hint: 'choisissez un autre nom, ou écrasez-le avec --force' },
  input_twice: { says: 'l’entrée standard ne se lit qu’une fois', hint: 'mettez l’un des deux dans un fichier' },
  secret_on_terminal: {
    says: 'une clé privée ne s’affiche pas sur un terminal',
    hint: 'écrivez-la dans un fichier avec -o FICHIER, ou demandez-la avec --show',
  },
  binary_on_terminal: { says: 'cette forme n’est pas du texte', hint: 'écrivez-la dans un fichier avec -o FICHIER' },
  key_missing: { says: '{file} ne contient pas de clé privée', hint: 'donnez le fichier de la clé' },
  keys_several: {
    says: '{file} contient plusieurs clés privées',
    hint: 'donnez un fichier qui n’en contient qu’une',
  },

  nothing_to_use: {
    says: '{file} ne contient rien dont cette commande puisse se servir',
    hint: 'regardez avec scel inspect',
  },
  certificate_missing: { says: 'il n’y a pas de certificat dans {file}', hint: 'regardez avec scel inspect' },
  anchor_elsewhere: {
    says: 'seuls des services de l’autre environnement sont connus ici',
    hint: 'donnez la racine avec --anchor FICHIER, ou nommez l’environnement avec --environment',
  },
  anchor_missing: { says: 'il n’y a rien à quoi faire confiance', hint: 'donnez la racine avec --anchor FICHIER' },
  purpose_missing: { says: 'l’usage n’est pas dit', hint: 'donnez --purpose avec l’un de {expected}' },

  form_missing: { says: 'la forme n’est pas dite', hint: 'donnez --to avec l’un de {expected}' },
  convert_several: {
    says: '{file} contient {count} objets, et cette forme n’en prend qu’un',
    hint: 'choisissez --to pem',
  },
  certificate_of_key_missing: {
    says: 'aucun certificat de {file} n’est celui de la clé',
    hint: 'ajoutez-le avec --chain FICHIER, ou comparez avec scel key match',
  },
  public_key_missing: {
    says: 'cela n’a pas de clé publique',
    hint: 'donnez une clé, un certificat ou une demande',
  },
  request_missing: { says: '{file} ne contient pas de demande de certificat', hint: 'regardez avec scel inspect' },
  names_missing: {
    says: 'rien ne dit pour qui est la demande',
    hint: 'donnez --subject, --dns, --email, --ip ou --uri',
  },

  form_not_for_key: {
    says: 'une clé de cette sorte, {key}, ne s’écrit pas sous la forme {form}',
    hint: 'choisissez une autre forme',
  },
  seed_gone: { says: 'la clé est venue sans sa graine', hint: 'convertissez le fichier où elle fut d’abord écrite' },
  key_cannot_sign: {
    says: 'une clé de cette sorte, {key}, ne signe pas et ne peut donc pas demander pour elle-même',
    hint: 'choisissez un autre --type ; les autorités ont d’autres voies pour de telles clés',
  },
  request_key_missing: {
    says: 'il n’y a pas de clé pour la demande',
    hint: 'donnez --key FICHIER, ou --key-out FICHIER pour une nouvelle',
  },

  service_redirects: {
    says: '{host} renvoie à une autre adresse, qui n’est pas suivie',
    hint: 'cherchez-le vous-même, et donnez le fichier',
  },
  service_refused: {
    says: '{host} a répondu par le statut {status}',
    hint: 'réessayez plus tard, ou donnez le fichier',
  },
  service_answer_long: {
    says: '{host} a répondu plus de {limit} octets',
    hint: 'cherchez-le vous-même, et donnez le fichier',
  },
  service_many: {
    says: 'pas plus de {limit} adresses ne sont interrogées',
    hint: 'donnez les autres listes en fichiers',
  },

  nothing_to_lint: {
    says: '{file} ne contient ni certificat, ni demande, ni liste de révocation',
    hint: 'regardez avec scel inspect',
  },
}
