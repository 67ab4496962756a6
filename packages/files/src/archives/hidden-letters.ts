// Letters of a file's name that nobody sees: with them one name looks like another. Some of them belong to what people write,
// and only there they stay: what joins letters that join, what chooses the form of a character, what makes one picture of
// several. A letter that this program's Unicode does not have yet is shown as a box at worst, and is none of these.

/** Whether a name has letters that are not seen, where no writing needs them. */
export const hasHiddenLetters = (name: string): boolean => HIDDEN.test(name) && HIDDEN.test(name.replace(IN_PLACE, '.'))

// Controls, formats (what turns the line round among them; not the Arabic, Syriac and Kaithi marks that enclose numbers), halves
// of letters, what ends a line, what is to be ignored where it is not known, and the blanks of braille, notes and hieroglyphs.
const HIDDEN =
  /(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}\u{13441}\u{13442}]/u

// Letters that take another form where they join, or a conjunct that a joiner makes or prevents: RFC 5892 §A.1 and §A.2 ask the same of
// names of hosts.
const JOINING = String.raw`[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mandaic}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Adlam}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Tibetan}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Balinese}\p{Script=Javanese}]`

const IN_PLACE = new RegExp(
  [
    String.raw`(?<=${JOINING}\p{M}{0,3})[\u200c\u200d](?=${JOINING})`,
    String.raw`(?<=\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`, // which form of an ideograph: Japanese names have them
    String.raw`(?<=\p{Script=Mongolian})[\u180b-\u180d\u180f]`,
    // A picture: in colour or not, in a colour of skin, joined with others; a digit on a key; a flag of a part of a country.
    String.raw`\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?){0,9}`,
    String.raw`[0-9#*]\ufe0f\u20e3`,
    String.raw`\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`,
  ]
    .reverse() // the flags begin with a picture
    .join('|'),
  'gu',
)
