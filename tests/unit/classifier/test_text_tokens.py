"""What characters count as in hashed words."""

import numpy as np

from cleaner.classifier import text_tokens


def fold(character):
    if character.isdigit():
        return "0"
    if character.isspace():
        return " "
    return character.lower() if character.isupper() and len(character.lower()) == 1 else character


def test_characters_count_as_python_has_their_case_digits_and_spaces():
    characters = [chr(code) for code in range(1 << 16)]
    hashed, folded = (
        text_tokens.hash_texts([f"a{character}b" for character in listed]).tokens
        for listed in (characters, map(fold, characters))
    )
    np.testing.assert_array_equal(hashed.hashes, folded.hashes)
    np.testing.assert_array_equal(hashed.starts, folded.starts)


def test_letters_and_digits_are_words_as_python_has_them():
    characters = [chr(code) for code in range(1 << 16)]
    pairs = text_tokens.hash_texts([f"a{character}b" for character in characters]).pairs
    assert (np.diff(pairs.starts) > 0).tolist() == [not character.isalnum() for character in characters]
