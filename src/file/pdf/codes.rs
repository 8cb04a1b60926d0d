//! Characters of composite fonts that are embedded without saying which character a code is.

use std::collections::HashMap;

use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CharacterCollection, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as Text};

/// What is known of the fonts of a file, read when the first of them is asked for.
pub(super) struct Codes<'a> {
    pdf: &'a Pdf,
    fonts: Option<HashMap<String, Encoding>>,
}

/// From codes to the numbers of a character collection, and from those to Unicode.
struct Encoding {
    cids: CMap,
    unicode: CMap,
}

impl<'a> Codes<'a> {
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        Self { pdf, fonts: None }
    }

    /// The character that a code means in the font of this name.
    pub(super) fn character(&mut self, font: &str, code: u32) -> Option<char> {
        let fonts = self.fonts.get_or_insert_with(|| read(self.pdf));
        fonts.get(font)?.character(code)
    }
}

impl Encoding {
    fn of(font: &Dict<'_>) -> Option<Self> {
        let descendant = font.get::<Array<'_>>(b"DescendantFonts".as_slice())?.iter::<Dict<'_>>().next()?;
        let cids = match font.get::<Object<'_>>(b"Encoding".as_slice())? {
            Object::Name(name) if name.as_ref() == b"Identity-H" => CMap::identity_h(),
            Object::Name(name) if name.as_ref() == b"Identity-V" => CMap::identity_v(),
            Object::Name(name) => CMap::parse(load_embedded(CMapName::from_bytes(name.as_ref()))?, load_embedded)?,
            Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, load_embedded)?,
            _ => return None,
        };
        let family = |collection: &CharacterCollection| collection.family.clone();
        let own = cids.metadata().character_collection.as_ref().map(family);
        let info = descendant.get::<Dict<'_>>(b"CIDSystemInfo".as_slice());
        let named = info.and_then(|info| {
            let [registry, ordering] = [b"Registry".as_slice(), b"Ordering"].map(|key| info.get::<Text<'_>>(key));
            Some(CidFamily::from_registry_ordering(registry?.as_bytes(), ordering?.as_bytes()))
        });
        let family = own.filter(|family| *family != CidFamily::AdobeIdentity).or(named)?;
        let unicode = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
        Some(Self { cids, unicode })
    }

    fn character(&self, code: u32) -> Option<char> {
        let cid = (1..=4).find_map(|length| self.cids.lookup_cid_code(code, length))?;
        match self.unicode.lookup_bf_string(cid)? {
            BfString::Char(c) => Some(c),
            BfString::String(_) => None,
        }
    }
}

fn read(pdf: &Pdf) -> HashMap<String, Encoding> {
    let mut fonts = HashMap::new();
    for font in pdf.objects().into_iter().filter_map(Object::into_dict) {
        let composite = font.get::<Name<'_>>(b"Subtype".as_slice()).is_some_and(|kind| kind.as_ref() == b"Type0");
        let Some(name) = font.get::<Name<'_>>(b"BaseFont".as_slice()).filter(|_| composite) else { continue };
        let name = name.as_str();
        // Subsets are named `ABCDEF+Name`.
        let name = name.split_once('+').filter(|(tag, _)| tag.len() == 6).map_or(name, |(_, name)| name).to_owned();
        if let Some(encoding) = (!fonts.contains_key(&name)).then(|| Encoding::of(&font)).flatten() {
            fonts.insert(name, encoding);
        }
    }
    fonts
}
