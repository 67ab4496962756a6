import type { InputFault, Language } from '@scel/contract/errors'
import type { Facts } from './phrase.ts'

const WORDS: Readonly<Record<Language, Readonly<Record<InputFault, string>>>> = {
  en: {
    not_json: 'this is not JSON',
    too_deep: 'this is nested too deeply',
    wrong_type: 'this is of another kind than expected',
    missing: 'a field is missing',
    unknown_field: 'there is no such field',
    too_short: 'this is too short',
    too_long: 'this is too long',
    too_small: 'this is too small',
    too_large: 'this is too large',
    wrong_form: 'this has not the expected form',
    not_a_choice: 'this is none of the possible values',
    repeated: 'a value stands there twice',
    not_utf8: 'this is not UTF-8',
    bad_address: 'this address cannot be read',
    bad_header: 'a header cannot be read',
    invalid: 'this is not valid',
    not_an_allowed_key: 'this is not one of the allowed keys',
    another_serial: 'this is not the serial number of this certificate',
    named_already: 'this invitation bears a name already',
  },
  fr: {
    not_json: 'ce n’est pas du JSON',
    too_deep: 'l’imbrication est trop profonde',
    wrong_type: 'ce n’est pas de la sorte attendue',
    missing: 'un champ manque',
    unknown_field: 'ce champ n’existe pas',
    too_short: 'c’est trop court',
    too_long: 'c’est trop long',
    too_small: 'c’est trop petit',
    too_large: 'c’est trop grand',
    wrong_form: 'ce n’est pas de la forme attendue',
    not_a_choice: 'ce n’est aucune des valeurs possibles',
    repeated: 'une valeur s’y trouve deux fois',
    not_utf8: 'ce n’est pas de l’UTF-8',
    bad_address: 'cette adresse est illisible',
    bad_header: 'un en-tête est illisible',
    invalid: 'ce n’est pas valable',
    not_an_allowed_key: 'cette clé n’est pas de celles qui sont autorisées',
    another_serial: 'ce n’est pas le numéro de série de ce certificat',
    named_already: 'cette invitation porte déjà un nom',
  },
}

/** The facts of `input_invalid` with `what` in words. */
export const inputFaultInWords = ({ what, ...facts }: Facts, language: Language): Facts => ({
  ...facts,
  what: WORDS[language][isFault(what) ? what : 'invalid'],
})

const isFault = (what: unknown): what is InputFault => typeof what === 'string' && Object.hasOwn(WORDS.en, what)
