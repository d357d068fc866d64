//! What open enums of words have in common, whichever format they are written in.

/// Converts an open enum of words, whose further variant is `Unknown(String)`, from and to text.
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_word_texts {
    ($type:ident { $($variant:ident = $word:literal $(| $spelling:literal)*),* $(,)? }) => {
        impl $type {
            /// The word as the API writes it.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Unknown(word) => word,
                }
            }
        }

        impl ::core::convert::From<&str> for $type {
            #[inline]
            fn from(word: &str) -> Self {
                match word {
                    $($word $(| $spelling)* => Self::$variant,)*
                    _ => Self::Unknown(::std::string::String::from(word)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(word: ::std::string::String) -> Self {
                Self::from(word.as_str())
            }
        }

        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
