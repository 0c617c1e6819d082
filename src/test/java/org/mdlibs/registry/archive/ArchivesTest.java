package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mdlibs.registry.archive.RawTar.pax;
import static org.mdlibs.registry.archive.RawTar.utf8;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;
import static org.mdlibs.registry.testing.ArchiveBuilder.gzip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.testing.ArchiveBuilder;

class ArchivesTest {
  private static final byte[] NOTES = archive("notes", "1.0.0").tar();

  @Test
  void tells_what_is_in_an_archive() throws IOException {
    Contents contents =
        inspect(
            archive("notes", "1.0.0")
                .folder("templates/")
                .file("templates/メモ.markdown", "メモ")
                .bytes());
    assertThat(contents.files()).isEqualTo(3);
    assertThat(contents.manifest().orElseThrow().name()).contains(new LibraryName("notes"));
    assertThat(contents.unpackedBytes())
        .isEqualTo(
            utf8(ArchiveBuilder.manifestOf("notes", "1.0.0")).length
                + utf8("# notes\n\nVersion 1.0.0.\n").length
                + 6);
  }

  @Test
  void a_manifest_may_be_absent() throws IOException {
    assertThat(inspect(archive("notes", "1.0.0").withoutManifest().bytes()).manifest()).isEmpty();
  }

  @Test
  void a_leading_dot_and_slash_is_no_folder() throws IOException {
    byte[] dotted =
        ArchiveBuilder.empty()
            .folder("./")
            .file("./.mdlibs.toml", ArchiveBuilder.manifestOf("notes", "1.0.0"))
            .file("./a.md", "")
            .bytes();
    assertThat(inspect(dotted).manifest()).isPresent();
    assertThat(inspect(dotted).topFolder()).isEmpty();
  }

  @Test
  void refuses_an_invalid_or_huge_manifest() {
    assertRefused(archive("no", "1.0.0").bytes(), ProblemType.MANIFEST_INVALID);
    assertRefused(
        archive("notes", "1.0.0").manifest("#".repeat(Manifest.MAX_BYTES + 1)).bytes(),
        ProblemType.MANIFEST_INVALID);
  }

  @Test
  void refuses_what_is_no_gzip() {
    assertRefused(new byte[0], ProblemType.ARCHIVE_EMPTY);
    assertRefused(utf8("PK\003\004"), ProblemType.ARCHIVE_NOT_GZIP);
    assertRefused(NOTES, ProblemType.ARCHIVE_NOT_GZIP);
    byte[] reserved = gzip(NOTES);
    reserved[3] = (byte) 0x80;
    assertRefused(reserved, ProblemType.ARCHIVE_NOT_GZIP);
  }

  @Test
  void refuses_a_gzip_that_holds_no_tar() {
    assertRefused(gzip(new byte[0]), ProblemType.ARCHIVE_NOT_TAR);
    assertRefused(gzip(utf8("# Notes\n")), ProblemType.ARCHIVE_NOT_TAR);
    assertRefused(gzip(utf8("# Notes\n".repeat(1_000))), ProblemType.ARCHIVE_NOT_TAR);
    assertRefused(gzip(gzip(NOTES)), ProblemType.ARCHIVE_NESTED_GZIP);
  }

  @Test
  void reads_every_optional_field_of_a_gzip_header() throws IOException {
    byte[] deflated = Arrays.copyOfRange(gzip(NOTES), 10, gzip(NOTES).length);
    byte[] header = {0x1f, (byte) 0x8b, 8, 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 0};
    assertThat(inspect(concat(header, deflated)).files()).isEqualTo(2);
    var crc = new CRC32();
    header[3] |= 2;
    crc.update(header);
    byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    assertThat(inspect(concat(header, checksum, deflated)).files()).isEqualTo(2);
    checksum[1]++;
    assertRefused(concat(header, checksum, deflated), ProblemType.ARCHIVE_TRUNCATED);
  }

  @Test
  void refuses_data_after_the_gzip_member() {
    byte[] notes = gzip(NOTES);
    assertRefused(concat(notes, notes), ProblemType.ARCHIVE_CONCATENATED);
    assertRefused(concat(notes, new byte[1]), ProblemType.ARCHIVE_TRAILING_DATA);
    assertRefused(concat(notes, gzip(new byte[0])), ProblemType.ARCHIVE_CONCATENATED);
    assertRefused(concat(notes, new byte[] {0x1f}), ProblemType.ARCHIVE_TRAILING_DATA);
  }

  @Test
  void zeros_alone_may_follow_the_end_of_the_tar() throws IOException {
    assertThat(inspect(gzip(concat(NOTES, new byte[100_001]))).files()).isEqualTo(2);
    assertRefused(gzip(concat(NOTES, NOTES)), ProblemType.ARCHIVE_TRAILING_DATA);
    assertRefused(
        gzip(concat(NOTES, new byte[100_000], new byte[] {1})), ProblemType.ARCHIVE_TRAILING_DATA);
    byte[] half = new RawTar().file("a.md", "").bytes(new byte[512]).file("b.md", "").tar();
    assertRefused(gzip(half), ProblemType.ARCHIVE_TRAILING_DATA);
  }

  @Test
  void refuses_a_gzip_that_is_cut_anywhere() {
    byte[] notes = gzip(NOTES);
    for (int length = 1; length < notes.length; length++) {
      assertRefused(Arrays.copyOf(notes, length), ProblemType.ARCHIVE_TRUNCATED);
    }
  }

  @Test
  void refuses_a_tar_that_is_cut_anywhere() {
    byte[] notes =
        new RawTar().file("a.md", "a").extension('x', pax("path", "b")).file("b", "").tar();
    for (int length = 512; length < notes.length; length++) {
      assertThat(firstFault(gzip(Arrays.copyOf(notes, length))))
          .isIn(ProblemType.ARCHIVE_TRUNCATED, ProblemType.ARCHIVE_NO_END_MARKER);
    }
  }

  @Test
  void refuses_a_tar_without_its_end_marker() {
    byte[] open = new RawTar().file("a.md", "a").open();
    assertRefused(gzip(open), ProblemType.ARCHIVE_NO_END_MARKER);
    assertRefused(gzip(concat(open, new byte[512])), ProblemType.ARCHIVE_NO_END_MARKER);
    assertRefused(gzip(concat(open, new byte[1_000])), ProblemType.ARCHIVE_NO_END_MARKER);
    assertRefused(gzip(concat(open, new byte[100])), ProblemType.ARCHIVE_TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {-8, -4})
  void refuses_a_gzip_with_a_wrong_checksum_or_length(int position) {
    byte[] notes = gzip(NOTES);
    notes[notes.length + position]++;
    assertRefused(notes, ProblemType.ARCHIVE_TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "./docs/a.md",
        ".hidden/.md",
        "..a/b..c.md",
        "...md/x.md",
        "Con sole/COM10.md",
        "nul_.md",
        "a b/c'd (1) [2] {3} #~!@$%^&+=,;`.md",
        "文档/ドキュメント/مستند/एक.md",
        "👩‍👩‍👧‍👦.md",
        "می‌خواهم.md"
      })
  void takes_paths_that_every_system_can_hold(String path) throws IOException {
    assertThat(inspect(ArchiveBuilder.empty().file(path, "").bytes()).files()).isEqualTo(1);
  }

  private static Stream<Arguments> unsafe() {
    return Map.of(
            ProblemType.ARCHIVE_PATH_ABSOLUTE,
            List.of("/etc/x.md", "//x.md", "/", "//server/share/x.md"),
            ProblemType.ARCHIVE_PATH_TRAVERSAL,
            List.of("..", "../x.md", "docs/../x.md", "docs/..", "./../x.md"),
            ProblemType.ARCHIVE_PATH_EMPTY_SEGMENT,
            List.of("docs/./x.md", "././x.md", "docs//x.md", "docs/x.md/", ".", "./", ".//x.md"),
            ProblemType.ARCHIVE_PATH_DRIVE,
            List.of("C:/x.md", "C:x.md", "./c:/x.md", "z:"),
            ProblemType.ARCHIVE_PATH_BACKSLASH,
            List.of("docs\\x.md", "..\\x.md", "C:\\x.md", "\\\\server\\share\\x.md"),
            ProblemType.ARCHIVE_PATH_CHARACTER,
            List.of(
                "x.md:stream",
                "a<b.md",
                "a>b.md",
                "a\"b.md",
                "a|b.md",
                "a?.md",
                "*.md",
                "a\nb.md",
                "a\u001bb.md",
                "a\u007fb.md",
                "a\u0085b.md",
                "a\u2028b.md",
                "a\u202edm.exe",
                "\u2066a.md"),
            ProblemType.ARCHIVE_PATH_DOT_OR_SPACE_END,
            List.of("x.md.", "x.md ", "docs./x.md", "docs /x.md", "..."),
            ProblemType.ARCHIVE_PATH_WINDOWS_DEVICE,
            List.of(
                "CON",
                "con.md",
                "docs/Nul.tar.md",
                "aux/x.md",
                "prn .md",
                "COM1.md",
                "lpt9",
                "com\u00b2.md",
                "conin$"))
        .entrySet()
        .stream()
        .flatMap(e -> e.getValue().stream().map(path -> Arguments.of(path, e.getKey())));
  }

  @ParameterizedTest
  @MethodSource("unsafe")
  void refuses_unsafe_paths(String path, ProblemType type) {
    byte[] tar = new RawTar().file("a.md", "").header(utf8(path), '0', 0).tar();
    assertRefused(gzip(tar), type);
    byte[] extended =
        new RawTar().file("a.md", "").extension('x', pax("path", path)).file("b.md", "").tar();
    assertRefused(gzip(extended), type);
    byte[] longName =
        new RawTar().file("a.md", "").extension('L', path + "\0").file("b.md", "").tar();
    assertRefused(gzip(longName), type);
  }

  @Test
  void refuses_paths_without_name_and_with_zeros() {
    assertRefused(
        gzip(new RawTar().header(new byte[0], '0', 0).tar()),
        ProblemType.ARCHIVE_PATH_EMPTY_SEGMENT);
    assertRefused(
        gzip(new RawTar().extension('x', pax("path", "a.md\0b")).file("b.md", "").tar()),
        ProblemType.ARCHIVE_PATH_NUL);
    assertRefused(
        gzip(new RawTar().extension('L', "a.md\0b").file("b.md", "").tar()),
        ProblemType.ARCHIVE_PATH_NUL);
  }

  @Test
  void refuses_names_that_are_not_utf8() {
    for (byte[] name :
        new byte[][] {
          {'a', (byte) 0xe9}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xc0, (byte) 0xae}
        }) {
      assertRefused(
          gzip(new RawTar().header(name, '0', 0).tar()), ProblemType.ARCHIVE_PATH_NOT_UTF8);
    }
  }

  @Test
  void names_may_be_long_but_not_too_long() throws IOException {
    String segment = "é".repeat(126) + ".md";
    assertThat(inspect(ArchiveBuilder.empty().file(segment, "").bytes()).files()).isEqualTo(1);
    assertRefused(
        ArchiveBuilder.empty().file("x" + segment, "").bytes(), ProblemType.ARCHIVE_PATH_TOO_LONG);
    String path = "0123456/".repeat(127) + "01234.md";
    assertThat(inspect(ArchiveBuilder.empty().file(path, "").bytes()).files()).isEqualTo(1);
    assertRefused(
        ArchiveBuilder.empty().file("x" + path, "").bytes(), ProblemType.ARCHIVE_PATH_TOO_LONG);
  }

  @Test
  void reads_long_names_in_every_form() throws IOException {
    String name = "docs/" + "x".repeat(200) + ".md";
    byte[] gnu = new RawTar().extension('L', name + "\0").file("docs/xxx", "").tar();
    assertThat(inspect(gzip(gnu)).files()).isEqualTo(1);
    byte[] extended =
        new RawTar().extension('x', pax("mtime", "1.5") + pax("path", name)).file("x", "").tar();
    assertThat(inspect(gzip(extended)).files()).isEqualTo(1);
    byte[] prefixed = new RawTar().file("a.md", "").file("x.md", "").tar();
    System.arraycopy(utf8("../up"), 0, prefixed, 345, 5);
    RawTar.withChecksum(prefixed, 0);
    assertRefused(gzip(prefixed), ProblemType.ARCHIVE_PATH_TRAVERSAL);
  }

  @ParameterizedTest
  @CsvSource({
    "README.md, README.md, ARCHIVE_DUPLICATE_PATH",
    "./README.md, README.md, ARCHIVE_DUPLICATE_PATH",
    "README.md, readme.MD, ARCHIVE_CASE_COLLISION",
    "Docs/a.md, docs/b.md, ARCHIVE_CASE_COLLISION",
    "\u00c9.md, e\u0301.md, ARCHIVE_CASE_COLLISION",
    "stra\u00dfe.md, STRASSE.md, ARCHIVE_CASE_COLLISION",
    "\u03c3.md, \u03c2.md, ARCHIVE_CASE_COLLISION",
    "caf\u00e9.md, cafe\u0301.md, ARCHIVE_UNICODE_COLLISION",
    "caf\u00e9/a.md, cafe\u0301/b.md, ARCHIVE_UNICODE_COLLISION",
    "\u212b.md, \u00c5.md, ARCHIVE_UNICODE_COLLISION",
    "docs, docs/a.md, ARCHIVE_FILE_AND_FOLDER",
    "docs/a.md, docs, ARCHIVE_FILE_AND_FOLDER",
    "docs/a.md, docs/a.md/b.md, ARCHIVE_FILE_AND_FOLDER"
  })
  void refuses_paths_that_collide(String one, String other, ProblemType type) {
    byte[] bytes = ArchiveBuilder.empty().file("x/y.md", "").file(one, "").file(other, "").bytes();
    assertRefused(bytes, type);
  }

  @Test
  void a_folder_may_be_listed_once_before_or_after_what_is_in_it() throws IOException {
    byte[] bytes =
        ArchiveBuilder.empty()
            .folder("a/")
            .file("a/x.md", "")
            .file("b/x.md", "")
            .folder("b/")
            .bytes();
    assertThat(inspect(bytes).files()).isEqualTo(2);
    assertRefused(
        archive("notes", "1.0.0").folder("a/").folder("a").bytes(),
        ProblemType.ARCHIVE_DUPLICATE_PATH);
  }

  @Test
  void refuses_links() {
    assertRefused(
        archive("notes", "1.0.0").symlink("docs/x.md", "README.md").bytes(),
        ProblemType.ARCHIVE_SYMBOLIC_LINK);
    assertRefused(
        archive("notes", "1.0.0").symlink("docs/x.md", "/".repeat(300)).bytes(),
        ProblemType.ARCHIVE_SYMBOLIC_LINK);
    var link = new TarArchiveEntry("docs/x.md", TarArchiveEntry.LF_LINK);
    link.setLinkName("docs/README.md");
    assertRefused(
        archive("notes", "1.0.0").entry(link, new byte[0]).bytes(), ProblemType.ARCHIVE_HARD_LINK);
  }

  @ParameterizedTest
  @CsvSource({
    "1, ARCHIVE_HARD_LINK",
    "2, ARCHIVE_SYMBOLIC_LINK",
    "K, ARCHIVE_SYMBOLIC_LINK",
    "3, ARCHIVE_DEVICE",
    "4, ARCHIVE_DEVICE",
    "6, ARCHIVE_FIFO",
    "S, ARCHIVE_SPARSE_FILE",
    "7, ARCHIVE_UNKNOWN_ENTRY",
    "D, ARCHIVE_UNKNOWN_ENTRY",
    "M, ARCHIVE_UNKNOWN_ENTRY",
    "N, ARCHIVE_UNKNOWN_ENTRY",
    "V, ARCHIVE_UNKNOWN_ENTRY",
    "X, ARCHIVE_UNKNOWN_ENTRY",
    "Z, ARCHIVE_UNKNOWN_ENTRY",
    "?, ARCHIVE_UNKNOWN_ENTRY",
    "\u00ff, ARCHIVE_UNKNOWN_ENTRY"
  })
  void refuses_what_is_neither_file_nor_folder(char type, ProblemType problem) {
    for (long size : new long[] {0, 512}) {
      byte[] tar =
          new RawTar().file("a.md", "").header(utf8("b.md"), type, size).data(new byte[512]).tar();
      assertRefused(gzip(tar), problem);
    }
  }

  @Test
  void refuses_folders_that_have_data() {
    byte[] tar = new RawTar().header(utf8("docs/"), '5', 512).file("a.md", "").tar();
    assertRefused(gzip(tar), ProblemType.ARCHIVE_AMBIGUOUS_SIZE);
  }

  @Test
  void a_folder_of_old_is_a_file_with_a_slash() throws IOException {
    byte[] tar = new RawTar().header(utf8("docs/"), '\0', 0).file("docs/a.md", "").tar();
    assertThat(inspect(gzip(tar)).files()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30 GNU.sparse.major=1\n",
        "GNU.sparse.map=0,1",
        "SCHILY.realsize=5",
        "size=513",
        "size=01",
        "size=+1",
        "size=",
        "size=-1",
        "size=99999999999999999999"
      })
  void refuses_extended_headers_that_make_one_file_two(String record) {
    int equals = record.indexOf('=');
    String keyword = record.substring(record.indexOf(' ') + 1, equals);
    String body = pax(keyword, record.substring(equals + 1).strip());
    byte[] tar = new RawTar().extension('x', body).file("a.md", "x").tar();
    assertRefused(
        gzip(tar),
        keyword.equals("size")
            ? ProblemType.ARCHIVE_AMBIGUOUS_SIZE
            : ProblemType.ARCHIVE_SPARSE_FILE);
  }

  @Test
  void refuses_a_second_name_for_an_entry() {
    for (RawTar tar :
        new RawTar[] {
          new RawTar().extension('L', "b.md").extension('L', "c.md"),
          new RawTar().extension('L', "b.md").extension('x', pax("path", "c.md")),
          new RawTar().extension('x', pax("path", "b.md")).extension('L', "c.md"),
          new RawTar().extension('x', pax("path", "b.md")).extension('x', pax("path", "c.md")),
          new RawTar().extension('x', pax("path", "b.md")).extension('g', pax("comment", "c")),
          new RawTar().extension('g', pax("path", "b.md"))
        }) {
      assertRefused(gzip(tar.file("a.md", "x").tar()), ProblemType.ARCHIVE_AMBIGUOUS_NAME);
    }
    assertRefused(
        gzip(new RawTar().extension('g', pax("size", "1")).file("a.md", "x").tar()),
        ProblemType.ARCHIVE_AMBIGUOUS_SIZE);
  }

  @Test
  void comments_for_all_entries_are_passed_over() throws IOException {
    byte[] tar =
        new RawTar().extension('g', pax("comment", "f".repeat(40))).file("a.md", "x").tar();
    assertThat(inspect(gzip(tar)).files()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 path=a\n",
        "11 path=a\n",
        "99 path=a\n",
        "-8 path=a\n",
        "999999999999999999999 path=a\n",
        "8 pathaa\n",
        " path=a\n",
        "0 =\n",
        "3 =",
        "8path=aa\n",
        "9 path=a\n9 path=b\n",
        "\0\0\0\0",
        "x"
      })
  void refuses_extended_headers_that_break_the_form(String body) {
    byte[] tar = new RawTar().extension('x', body).file("a.md", "x").tar();
    assertRefused(gzip(tar), ProblemType.ARCHIVE_TRUNCATED);
  }

  @Test
  void refuses_extended_headers_that_are_huge_or_lead_nowhere() {
    long huge = (1 << 20) + 1;
    for (char type : new char[] {'x', 'g', 'L'}) {
      assertRefused(
          gzip(new RawTar().header(utf8("x"), type, huge).tar()),
          ProblemType.ARCHIVE_HEADER_TOO_LARGE);
    }
    assertRefused(
        gzip(new RawTar().extension('L', "x".repeat(1 << 20)).file("a.md", "").tar()),
        ProblemType.ARCHIVE_PATH_TOO_LONG);
    assertRefused(gzip(new RawTar().extension('L', "a.md").tar()), ProblemType.ARCHIVE_TRUNCATED);
    assertRefused(
        gzip(new RawTar().file("a.md", "").extension('x', pax("path", "b")).tar()),
        ProblemType.ARCHIVE_TRUNCATED);
  }

  @Test
  void refuses_sizes_that_lie() {
    byte[] negative = new byte[12];
    Arrays.fill(negative, (byte) 0xff);
    assertRefused(
        gzip(new RawTar().file("a.md", "").header(utf8("b.md"), '0', negative).tar()),
        ProblemType.ARCHIVE_INVALID_SIZE);
    assertRefused(
        gzip(new RawTar().file("a.md", "").header(utf8("b.md"), '0', utf8("12x456789ab\0")).tar()),
        ProblemType.ARCHIVE_INVALID_SIZE);
    assertRefused(
        gzip(new RawTar().header(utf8("b.md"), '0', utf8("\00000001000\0")).data(NOTES).tar()),
        ProblemType.ARCHIVE_INVALID_SIZE);
    assertRefused(
        gzip(new RawTar().header(utf8("b.md"), '0', 5_000).data(new byte[1_000]).tar()),
        ProblemType.ARCHIVE_TRUNCATED);
    byte[] enormous = new byte[12];
    enormous[0] = (byte) 0x80;
    enormous[4] = 0x7f;
    assertRefused(
        gzip(new RawTar().header(utf8("b.md"), '0', enormous).tar()),
        ProblemType.ARCHIVE_FILE_TOO_LARGE);
  }

  @Test
  void refuses_a_header_with_a_wrong_checksum() {
    byte[] tar = new RawTar().file("a.md", "").file("b.md", "").tar();
    tar[512]++;
    assertRefused(gzip(tar), ProblemType.ARCHIVE_TRUNCATED);
  }

  @Test
  void refuses_what_holds_no_markdown() throws IOException {
    assertRefused(ArchiveBuilder.empty().bytes(), ProblemType.ARCHIVE_NO_MARKDOWN);
    assertRefused(
        ArchiveBuilder.empty().folder("a.md/").file("md", "").file("a.mdx", "").bytes(),
        ProblemType.ARCHIVE_NO_MARKDOWN);
    assertThat(inspect(ArchiveBuilder.empty().file("A.MarkDown", "").bytes()).files()).isOne();
  }

  @Test
  void holds_the_limits_to_the_byte() throws IOException {
    byte[] tar = new RawTar().file("a.md", "x".repeat(1_000)).file("b/c.md", "").tar();
    byte[] bytes = gzip(tar);
    assertThat(inspect(bytes, new ArchiveLimits(bytes.length, tar.length, 3, 1_000)).files())
        .isEqualTo(2);
    assertRefused(
        bytes,
        new ArchiveLimits(bytes.length - 1, tar.length, 3, 1_000),
        ProblemType.ARCHIVE_TOO_LARGE);
    assertRefused(
        bytes,
        new ArchiveLimits(bytes.length, tar.length - 1, 3, 1_000),
        ProblemType.ARCHIVE_UNPACKED_TOO_LARGE);
    assertRefused(
        bytes,
        new ArchiveLimits(bytes.length, tar.length, 2, 1_000),
        ProblemType.ARCHIVE_TOO_MANY_ENTRIES);
    assertRefused(
        bytes,
        new ArchiveLimits(bytes.length, tar.length, 3, 999),
        ProblemType.ARCHIVE_FILE_TOO_LARGE);
  }

  @Test
  void counts_the_folders_that_a_path_implies() {
    assertRefused(
        ArchiveBuilder.empty().file("a/".repeat(10) + "x.md", "").bytes(),
        new ArchiveLimits(10_000, 100_000, 10, 10),
        ProblemType.ARCHIVE_TOO_MANY_ENTRIES);
  }

  @Test
  void refuses_padding_without_end() {
    assertRefused(
        gzip(concat(NOTES, new byte[2 << 20])),
        new ArchiveLimits(1 << 20, 1 << 20, 10, 1_000),
        ProblemType.ARCHIVE_UNPACKED_TOO_LARGE);
    var comments = new RawTar();
    for (int i = 0; i < 1_100; i++) {
      comments.extension('g', pax("comment", "x"));
    }
    assertRefused(
        gzip(comments.file("a.md", "").tar()),
        new ArchiveLimits(1 << 20, 1 << 20, 10, 1_000),
        ProblemType.ARCHIVE_UNPACKED_TOO_LARGE);
  }

  @Test
  void problems_name_the_entry_escaped_and_cut() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () -> inspect(ArchiveBuilder.empty().file("a\u001b[31m'\u202e/../b.md", "").bytes()))
        .withMessage(
            "'a\\x1b[31m\\x27\\u202e/../b.md' has a control character or one of < > : \" | ? *.");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () -> inspect(ArchiveBuilder.empty().file("é".repeat(600) + "/x.md", "").bytes()))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).contains("…'"));
  }

  @Test
  void failures_of_the_source_stay_what_they_are() {
    var failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Archives.inspect(failing, ArchiveLimits.DEFAULT))
        .withMessage("disk on fire");
  }

  private static Contents inspect(byte[] bytes) throws IOException {
    return inspect(bytes, ArchiveLimits.DEFAULT);
  }

  private static Contents inspect(byte[] bytes, ArchiveLimits limits) throws IOException {
    return Archives.inspect(new ByteArrayInputStream(bytes), limits).orThrow();
  }

  private static void assertRefused(byte[] bytes, ProblemType type) {
    assertRefused(bytes, ArchiveLimits.DEFAULT, type);
  }

  private static ProblemType firstFault(byte[] bytes) {
    return catchThrowableOfType(ProblemException.class, () -> inspect(bytes)).type();
  }

  private static void assertRefused(byte[] bytes, ArchiveLimits limits, ProblemType type) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> inspect(bytes, limits))
        .returns(type, ProblemException::type);
  }

  private static byte[] concat(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
