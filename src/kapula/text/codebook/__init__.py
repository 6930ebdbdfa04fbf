"""What an organisation listens for: themes with names, descriptions and example phrases, and what corrections have taught."""

from kapula.text.codebook.codebook import Codebook, Head, Theme, codebook_of, default, read

__all__ = ["Codebook", "Head", "Theme", "codebook_of", "default", "read"]
