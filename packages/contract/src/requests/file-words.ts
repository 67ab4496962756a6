import type { Language, Sentence } from '../words/sentence.ts'

/** Why a file is not taken for a certificate request made elsewhere, in words. */
export const REQUEST_FILE_SENTENCES = {
  en: {
    request_file_without: {
      says: 'There is no certificate request in this file.',
      hint: 'Give the file that the server’s program made: PEM (BEGIN CERTIFICATE REQUEST) or DER.',
    },
    request_file_several: {
      says: 'There are several certificate requests in this file.',
      hint: 'Give them one by one, each in a file of its own.',
    },
    request_file_private_key: {
      says: 'There is a private key in this file, which must not leave the server it was made on.',
      hint: 'Give the certificate request alone. Nothing was sent.',
    },
  },
  fr: {
    request_file_without: {
      says: 'Ce fichier ne contient pas de demande de certificat.',
      hint: 'Donnez le fichier que le programme du serveur a fait : PEM (BEGIN CERTIFICATE REQUEST) ou DER.',
    },
    request_file_several: {
      says: 'Ce fichier contient plusieurs demandes de certificat.',
      hint: 'Donnez-les une à une, chacune dans son fichier.',
    },
    request_file_private_key: {
      says: 'Ce fichier contient une clé privée, qui ne doit pas quitter le serveur où elle a été faite.',
      hint: 'Donnez la demande de certificat seule. Rien n’a été envoyé.',
    },
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, Sentence>>>>
