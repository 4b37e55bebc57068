//! Numbers into Huffman codes and bits (T.81, F.1.2).
use super::tables::Table;

/// The code and its number of bits, for each symbol a table has.
pub(super) struct Codes([(u16, u8); 256]);

impl Codes {
    /// Codes count upwards, and grow by a 0 where the next length begins (T.81, C.2).
    pub fn new(table: &Table) -> Self {
        let mut codes = [(0, 0); 256];
        let mut symbols = table.symbols.iter();
        let mut code = 0;
        for (length, count) in (1..).zip(table.lengths) {
            for symbol in symbols.by_ref().take(count.into()) {
                codes[usize::from(*symbol)] = (code, length);
                code += 1;
            }
            code <<= 1;
        }
        Self(codes)
    }
}

/// The data of a scan: bits, the highest first.
pub(super) struct Bits<'a> {
    bytes: &'a mut Vec<u8>,
    /// Bits that fill no byte yet, below those already written.
    held: u32,
    /// How many of them there are: 0 to 7.
    count: u32,
}

impl<'a> Bits<'a> {
    /// Writes behind what is there.
    pub fn new(bytes: &'a mut Vec<u8>) -> Self {
        Self {
            bytes,
            held: 0,
            count: 0,
        }
    }

    /// One block in the order of writing; `before` is the mean of the channel's block before.
    pub fn block(&mut self, block: &[i16; 64], before: i16, mean: &Codes, others: &Codes) {
        self.number(mean, 0, block[0] - before);
        let mut zeros = 0;
        for value in &block[1..] {
            if *value == 0 {
                zeros += 1;
                continue;
            }
            while zeros > 15 {
                self.symbol(others, SIXTEEN_ZEROS);
                zeros -= 16;
            }
            self.number(others, zeros, *value);
            zeros = 0;
        }
        if zeros > 0 {
            self.symbol(others, END_OF_BLOCK);
        }
    }

    /// Fills the last byte with ones.
    pub fn finish(mut self) {
        self.put(0x7F, 7);
    }

    /// A number after so many zeros: both in one symbol, then the number's bits. A negative
    /// one is written as one less, without its leading ones.
    fn number(&mut self, codes: &Codes, zeros: u8, value: i16) {
        let size = (16 - value.unsigned_abs().leading_zeros()) as u8;
        self.symbol(codes, zeros << 4 | size);
        let bits = (value - i16::from(value < 0)) as u16;
        self.put(bits & ((1 << size) - 1), size);
    }

    fn symbol(&mut self, codes: &Codes, symbol: u8) {
        let (code, length) = codes.0[usize::from(symbol)];
        self.put(code, length);
    }

    fn put(&mut self, bits: u16, count: u8) {
        self.held = self.held << count | u32::from(bits);
        self.count += u32::from(count);
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.held >> self.count) as u8;
            self.bytes.push(byte);
            if byte == 0xFF {
                // Else it would begin a marker.
                self.bytes.push(0);
            }
        }
    }
}

const END_OF_BLOCK: u8 = 0x00;
const SIXTEEN_ZEROS: u8 = 0xF0;
