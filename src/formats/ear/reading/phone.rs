//! The sounds that words are made of: one inventory for Korean and English, shared wherever both
//! languages sound alike to a phone model (Korean ㄱ between vowels is an English g, and so on).

macro_rules! phones {
    ($($(#[$doc:meta])* $variant:ident $name:literal)*) => {
        /// A sound of speech. Names follow ARPAbet where it has one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Phone {
            $($(#[$doc])* $variant,)*
            /// Some sound of speech, where a writing says that something is spoken but not what.
            Any,
        }

        impl Phone {
            /// Every phone with a sound of its own, in the order of `index`; `Any` is not one.
            pub const ALL: &[Phone] = &[$(Phone::$variant),*];
            /// How many those are.
            pub const COUNT: usize = Self::ALL.len();
            const NAMES: &[&str] = &[$($name,)* "any"];
        }
    };
}

phones! {
    /// ㅏ; father.
    Aa "aa"
    /// trap.
    Ae "ae"
    /// ㅐ and ㅔ, which hardly anybody tells apart; dress.
    Eh "eh"
    /// ㅓ; strut.
    Ah "ah"
    /// thought, and the vowel of north.
    Ao "ao"
    /// ㅗ.
    O "o"
    /// goat.
    Ow "ow"
    /// ㅜ; goose.
    Uw "uw"
    /// foot.
    Uh "uh"
    /// ㅡ.
    Eu "eu"
    /// kit.
    Ih "ih"
    /// ㅣ; fleece.
    Iy "iy"
    /// The weak vowel of about.
    Ax "ax"
    /// nurse, letter.
    Er "er"
    /// face.
    Ey "ey"
    /// price.
    Ay "ay"
    /// mouth.
    Aw "aw"
    /// choice.
    Oy "oy"
    /// The glide of ㅑ; yes.
    Y "y"
    /// The glide of ㅘ; we.
    W "w"
    /// ㅂ; b.
    B "b"
    /// ㄷ; d.
    D "d"
    /// ㄱ; g.
    G "g"
    /// ㅈ; judge.
    Jh "jh"
    /// ㅃ; the p of spin.
    Bb "bb"
    /// ㄸ; the t of stop.
    Dd "dd"
    /// ㄲ; the k of sky.
    Gg "gg"
    /// ㅉ.
    Jj "jj"
    /// ㅍ; pin.
    P "p"
    /// ㅌ; top.
    T "t"
    /// ㅋ; key.
    K "k"
    /// ㅊ; church.
    Ch "ch"
    /// Final ㅂ, unreleased.
    Pq "pq"
    /// Final ㄷ, unreleased.
    Tq "tq"
    /// Final ㄱ, unreleased.
    Kq "kq"
    /// ㅅ; s.
    S "s"
    /// ㅆ.
    Ss "ss"
    /// ㅅ before ㅣ; ship.
    Sh "sh"
    /// zoo.
    Z "z"
    /// measure.
    Zh "zh"
    /// thin.
    Th "th"
    /// this.
    Dh "dh"
    /// f.
    F "f"
    /// v.
    V "v"
    /// ㅎ; h.
    Hh "hh"
    /// ㅁ; m.
    M "m"
    /// ㄴ; n.
    N "n"
    /// Final ㅇ; sing.
    Ng "ng"
    /// Final ㄹ; l.
    L "l"
    /// The r of English.
    R "r"
    /// ㄹ between vowels; the t of water.
    Dx "dx"
}

impl Phone {
    /// Its place in `ALL`; `COUNT` for `Any`.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its short name, unique, in lower-case ASCII letters.
    pub fn name(self) -> &'static str {
        Self::NAMES[self.index()]
    }

    /// The phone of that name.
    pub fn named(name: &str) -> Option<Phone> {
        if name == Phone::Any.name() {
            return Some(Phone::Any);
        }
        Self::ALL.iter().copied().find(|p| p.name() == name)
    }
}
