//! Reads a JSON value as a type, so that a fault names the member that it is about, and no member
//! is lost in silence: one that the type does not know is a fault, however deep it lies, also where
//! the type is lenient with what the database holds.
use std::fmt;

use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer,
    MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use crate::kernel::Message;

/// What is wrong with a member.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// Nothing knows it.
    Unknown,
    /// It is needed and not there.
    Missing,
    /// It stands twice in its object.
    Doubled,
    /// It is none of these words.
    Choice(String),
    /// Its value is of another type, or out of range.
    Value,
}

/// What is wrong, and where: `references[2].url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    place: String,
    what: What,
}

impl Fault {
    fn new(what: What) -> Self {
        Self {
            place: String::new(),
            what,
        }
    }

    /// A member of this name stands twice.
    pub fn doubled(name: &str) -> Self {
        Self::new(What::Doubled).within(name)
    }

    /// The same, of the member that is called so.
    pub fn within(mut self, step: &str) -> Self {
        let dot = if self.place.is_empty() || self.place.starts_with('[') {
            ""
        } else {
            "."
        };
        self.place = format!("{step}{dot}{}", self.place);
        self
    }

    /// The sentence that tells it.
    pub fn message(self) -> Message {
        let key = match self.what {
            What::Unknown => "error-json-unknown",
            What::Missing => "error-json-missing",
            What::Doubled => "error-json-doubled",
            What::Choice(_) => "error-json-choice",
            What::Value => "error-json-value",
        };
        let message = Message::new(key).with("member", self.place);
        match self.what {
            What::Choice(words) => message.with("words", words),
            _ => message,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}", self.what, self.place)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new(What::Value)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(What::Choice(expected.join(", ")))
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::new(What::Unknown)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(What::Missing).within(field)
    }
}

/// Reads the members of an object as a `T`.
///
/// # Errors
/// The first fault.
pub fn read<T: DeserializeOwned>(members: Map<String, Value>) -> Result<T, Fault> {
    T::deserialize(Node(Value::Object(members)))
}

/// A value that is read.
struct Node(Value);

impl<'de> Deserializer<'de> for Node {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        /// Beyond these not every integer is a double.
        const MOST: f64 = 9_007_199_254_740_992.0;
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(yes) => visitor.visit_bool(yes),
            Value::Number(number) => {
                if let Some(n) = number.as_u64() {
                    visitor.visit_u64(n)
                } else if let Some(n) = number.as_i64() {
                    visitor.visit_i64(n)
                } else {
                    // To JSON Schema, and to programs that know floating point alone, `3.0` is the
                    // integer 3. A long one is read to within a step of what is written.
                    let n = number.as_f64().unwrap_or(f64::NAN);
                    let whole = n.round();
                    if (n - whole).abs() <= n.abs() * f64::EPSILON && n.abs() <= MOST {
                        visitor.visit_i64(whole as i64)
                    } else {
                        visitor.visit_f64(n)
                    }
                }
            }
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => {
                let mut items = Items(items.into_iter(), 0);
                let read = visitor.visit_seq(&mut items)?;
                if items.0.next().is_some() {
                    return Err(Fault::new(What::Value));
                }
                Ok(read)
            }
            Value::Object(members) => visitor.visit_map(Members(members.into_iter(), None)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    // It would be read from a list as well.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Object(_) => self.deserialize_any(visitor),
            _ => Err(Fault::new(What::Value)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (name, content) = match self.0 {
            Value::String(name) => (name, None),
            Value::Object(members) if members.len() == 1 => {
                let member = members.into_iter().next();
                let (name, content) = member.ok_or_else(|| Fault::new(What::Value))?;
                (name, Some(content))
            }
            _ => return Err(Fault::new(What::Value)),
        };
        visitor.visit_enum(Kind { name, content })
    }

    // What nothing asks for is a member that nothing knows.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fault> {
        Err(Fault::new(What::Unknown))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}

/// Members of an object; of the one whose name was read, name and value.
struct Members(serde_json::map::IntoIter, Option<(String, Value)>);

impl<'de> MapAccess<'de> for Members {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((name, value)) = self.0.next() else {
            return Ok(None);
        };
        let read: StringDeserializer<Fault> = name.clone().into_deserializer();
        let read = seed.deserialize(read).map_err(|fault| fault.within(&name));
        self.1 = Some((name, value));
        read.map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let next = self.1.take();
        let (name, value) = next.ok_or_else(|| Fault::custom("no name was read"))?;
        seed.deserialize(Node(value))
            .map_err(|fault| fault.within(&name))
    }
}

/// Items of a list, and the number of the next.
struct Items(std::vec::IntoIter<Value>, usize);

impl<'de> SeqAccess<'de> for &mut Items {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(value) = self.0.next() else {
            return Ok(None);
        };
        let number = self.1;
        self.1 += 1;
        let read = seed.deserialize(Node(value));
        read.map(Some)
            .map_err(|fault| fault.within(&format!("[{number}]")))
    }
}

/// One of several kinds: its name, and what goes with it.
struct Kind {
    name: String,
    content: Option<Value>,
}

impl<'de> EnumAccess<'de> for Kind {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let name: StringDeserializer<Fault> = self.name.clone().into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl Kind {
    fn content<T>(self, read: impl FnOnce(Node) -> Result<T, Fault>) -> Result<T, Fault> {
        let content = self.content.ok_or_else(|| Fault::new(What::Value))?;
        read(Node(content)).map_err(|fault| fault.within(&self.name))
    }
}

impl<'de> VariantAccess<'de> for Kind {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.content {
            None => Ok(()),
            Some(_) => Err(Fault::new(What::Value)),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        self.content(|node| seed.deserialize(node))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.content(|node| node.deserialize_any(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.content(|node| node.deserialize_any(visitor))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::formats::transcript::Times;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Outer {
        inner: Vec<Inner>,
        times: Option<[Times; 2]>,
        share: f32,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        number: u8,
        word: Option<Word>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Word {
        One,
        Two,
    }

    fn read_value(value: Value) -> Result<Outer, String> {
        let Value::Object(members) = value else {
            panic!("an object");
        };
        read(members).map_err(|fault: Fault| {
            let message = fault.message();
            let mut text = message.key.trim_start_matches("error-json-").to_owned();
            for (_, value) in message.args {
                text = format!("{text} {value}");
            }
            text
        })
    }

    #[test]
    fn a_fault_names_its_place() {
        for (value, fault) in [
            (json!({ "outre": 1 }), "unknown outre"),
            (
                json!({ "inner": [{ "number": 1 }, { "number": 1, "nummer": 2 }] }),
                "unknown inner[1].nummer",
            ),
            (json!({ "inner": [{}] }), "missing inner[0].number"),
            (
                json!({ "inner": [{ "number": 256 }] }),
                "value inner[0].number",
            ),
            (
                json!({ "inner": [{ "number": "1" }] }),
                "value inner[0].number",
            ),
            (
                json!({ "inner": [{ "number": 1, "word": "three" }] }),
                "choice inner[0].word one, two",
            ),
            (json!({ "inner": [[1, null]] }), "value inner[0]"),
            (json!({ "inner": null }), "value inner"),
            (
                json!({ "times": ["unknown", "unknown", "unknown"] }),
                "value times",
            ),
            (
                json!({ "times": ["unknown", { "at": { "start": 1 } }] }),
                "unknown times[1].at.start",
            ),
        ] {
            assert_eq!(read_value(value.clone()), Err(fault.to_owned()), "{value}");
        }
    }

    #[test]
    fn what_is_good_is_read() {
        let value = json!({
            "inner": [{ "number": 3.0, "word": "two" }, { "number": 0, "word": null }],
            "times": ["unknown", { "not-spoken": false }],
            "share": 1,
        });
        let read = read_value(value).expect("good");
        assert_eq!(read.inner[0].number, 3);
        assert_eq!(read.inner[0].word, Some(Word::Two));
        assert_eq!(read.inner[1].word, None);
        assert_eq!((read.times.is_some(), read.share), (true, 1.0));
        for (text, whole) in [
            (r#"{"n":2251799813685247.0}"#, Some(2_251_799_813_685_247)),
            (r#"{"n":1e3}"#, Some(1_000)),
            (r#"{"n":1.5}"#, None),
            (r#"{"n":2251799813685247.5}"#, None),
            (r#"{"n":1e-300}"#, None),
            (r#"{"n":1e300}"#, None),
        ] {
            let read: Result<HashMap<String, u64>, Fault> =
                super::read(serde_json::from_str(text).expect("JSON"));
            assert_eq!(read.ok().map(|read| read["n"]), whole, "{text}");
        }
    }
}
