package sheet

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
	"math/bits"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// A veil hides what records hold, not what they are ([MS-XLS] 2.2.10): lift takes it off
// bytes that stand at an offset of the stream, in a record of that size.
type veil interface {
	lift(body []byte, at, size int)
}

// Kinds of encryption by FILEPASS.
const (
	veilXOR = 0
	veilRC4 = 1
)

// Records that are never encrypted, but for what is read of them.
var bare = map[uint16]bool{
	recordBOF: true, recordFilePass: true,
	0x00E1: true, // INTERFACEHDR
	0x0138: true, // RRDHEAD
	0x0194: true, // USREXCL
	0x0195: true, // FILELOCK
	0x0196: true, // RRDINFO
}

// unlock decrypts the stream from a byte on with one of the passwords, by what FILEPASS
// holds, and puts it in place of data.
func (b *biff) unlock(filePass []byte, from int, passwords []string) error {
	for _, password := range tried(passwords) {
		veil := b.veilOf(filePass, password)
		if veil == nil {
			continue
		}
		plain := bytes.Clone(b.data)
		for r := (&records{data: plain, pos: from}); ; {
			id, body, ok := r.next()
			if !ok {
				b.data = plain
				return nil
			}
			size := len(body)
			if id == recordSheet {
				body = body[min(4, size):] // where the sheet stands is plain
			}
			if !bare[id] {
				veil.lift(body, r.pos-len(body), size)
			}
		}
	}
	return lockedBy(b.stream)
}

// veilOf gives the veil that a password lifts, nil if it is not the right one.
func (b *biff) veilOf(filePass []byte, password string) veil {
	u16 := binary.LittleEndian.Uint16
	switch {
	case b.old && len(filePass) >= 4:
		return xorVeilOf(filePass, password)
	case len(filePass) >= 6 && u16(filePass) == veilXOR:
		return xorVeilOf(filePass[2:], password)
	case len(filePass) < 6 || u16(filePass) != veilRC4:
		return nil
	case u16(filePass[2:]) == 1:
		return oldRC4Of(filePass[6:], password)
	case u16(filePass[4:]) == 2:
		return newRC4Of(filePass[6:], password)
	}
	return nil
}

// rc4Veil is a stream of RC4 that begins anew, with another key, for every 1024 bytes.
type rc4Veil struct {
	key    func(block uint32) []byte
	stream *rc4.Cipher // of the block
	block  int
	at     int // how far the stream has got
}

// rc4Block is how many bytes have one key.
const rc4Block = 1024

func (v *rc4Veil) lift(body []byte, at, _ int) {
	for len(body) > 0 {
		v.advance(at)
		n := min(len(body), rc4Block-at%rc4Block)
		v.stream.XORKeyStream(body[:n], body[:n])
		body, at = body[n:], at+n
		v.at = at
	}
}

// advance moves the stream to an offset that is not before it.
func (v *rc4Veil) advance(at int) {
	if block := at / rc4Block; v.stream == nil || block != v.block {
		v.stream, v.block, v.at = v.begin(uint32(block)), block, block*rc4Block
	}
	gap := make([]byte, at-v.at)
	v.stream.XORKeyStream(gap, gap)
}

func (v *rc4Veil) begin(block uint32) *rc4.Cipher {
	stream, err := rc4.NewCipher(v.key(block))
	if err != nil {
		panic(err) // keys have 5 to 16 bytes
	}
	return stream
}

// proves says whether the veil lifts a random text and its hash so that they agree.
func (v *rc4Veil) proves(input, hashed []byte, hash func([]byte) []byte) bool {
	text := append(bytes.Clone(input), hashed...)
	v.begin(0).XORKeyStream(text, text)
	return bytes.Equal(hash(text[:len(input)]), text[len(input):])
}

// oldRC4Of is the encryption of Excel 97 ([MS-OFFCRYPTO] 2.3.6): 40 bits of MD5.
func oldRC4Of(b []byte, password string) veil {
	if len(b) < 48 {
		return nil
	}
	hashed := md5.Sum(wideBytes(password))
	salted := append(bytes.Clone(hashed[:5]), b[:16]...)
	hashed = md5.Sum(bytes.Repeat(salted, 16))
	v := &rc4Veil{key: func(block uint32) []byte {
		key := md5.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(hashed[:5]), block))
		return key[:]
	}}
	if !v.proves(b[16:32], b[32:48], func(text []byte) []byte { sum := md5.Sum(text); return sum[:] }) {
		return nil
	}
	return v
}

// newRC4Of is the encryption of Excel 2002 ([MS-OFFCRYPTO] 2.3.5): 40 to 128 bits of
// SHA-1.
func newRC4Of(b []byte, password string) veil {
	const short = 40 // bits of a key that is filled up with zeros
	l, ok := settingsOf(b)
	if !ok || l.cipher != cipherRC4 {
		return nil
	}
	if l.bits == 0 {
		l.bits = short
	}
	if l.bits < short || l.bits > 128 {
		return nil
	}
	hashed := sha1.Sum(append(bytes.Clone(l.salt), wideBytes(password)...))
	v := &rc4Veil{key: func(block uint32) []byte {
		sum := sha1.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(hashed[:]), block))
		if l.bits == short {
			return fit(sum[:short/8], 16, 0)
		}
		return sum[:l.bits/8]
	}}
	if !v.proves(l.input, l.hashed[:sha1.Size], func(text []byte) []byte { sum := sha1.Sum(text); return sum[:] }) {
		return nil
	}
	return v
}

// xorVeil is the oldest encryption ([MS-OFFCRYPTO] 2.3.7): 16 bytes over and over.
type xorVeil [16]byte

func (v *xorVeil) lift(body []byte, at, size int) {
	for i := range body {
		body[i] = bits.RotateLeft8(body[i], 3) ^ v[(at+size+i)%len(v)]
	}
}

// xorVeilOf proves the password by a key and a hash of 16 bits each.
func xorVeilOf(b []byte, password string) veil {
	coded, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(password))
	if err != nil || len(coded) == 0 || len(coded) > 15 {
		return nil
	}
	key := xorKey(coded)
	if key != binary.LittleEndian.Uint16(b) || xorHash(coded) != binary.LittleEndian.Uint16(b[2:]) {
		return nil
	}
	filler := []byte{0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00}
	v := &xorVeil{}
	copy(v[copy(v[:], coded):], filler)
	for i := range v {
		v[i] = bits.RotateLeft8(v[i]^byte(key>>(i%2*8)), 2)
	}
	return v
}

// xorKey makes the key of a password, by the tables of [MS-OFFCRYPTO] 2.3.7.2 written
// as the register of which they are the states.
func xorKey(password []byte) uint16 {
	shift := func(state uint16) uint16 {
		state = bits.RotateLeft16(state, 1)
		if state&1 != 0 {
			state ^= 0x1020
		}
		return state
	}
	key, base, end := uint16(0), uint16(0x8000), uint16(0xFFFF)
	for i := len(password) - 1; i >= 0; i-- {
		for bit := range 8 {
			base, end = shift(base), shift(end)
			if bit < 7 && password[i]>>bit&1 != 0 {
				key ^= base
			}
		}
	}
	return key ^ end
}

// xorHash makes the hash of a password: its characters, each turned further within 15
// bits.
func xorHash(password []byte) uint16 {
	hash := uint16(len(password)) ^ 0xCE4B
	for i, c := range password {
		turned := uint32(c) << ((i + 1) % 15)
		hash ^= uint16(turned&0x7FFF | turned>>15)
	}
	return hash
}
