using System.Text;
using PosteRestante.Protocols.ResourceLists;
using PosteRestante.TestKit;

namespace PosteRestante.Protocols.Tests.ResourceLists;

/// <summary>Lists of URIs (RFC 4826 3), good, bad and hostile.</summary>
public class ResourceListParserTests
{
    private const string Open = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">";
    private const string Close = "</resource-lists>";

    private static readonly ResourceListOptions Options = new();

    [Fact]
    [Requirement("DM-12.1.1-1b", "DM-12.1.1-1c")]
    public void Parse_NestedLists_AreFlattenedInTheOrderOfTheDocument()
    {
        var uris = Read($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a comment --><?an instruction?>
            {Open}
              <list name="friends" xml:lang="en">
                <display-name xml:lang="en">&lt;Friends&gt; &#x263a;</display-name>
                <entry uri="sip:1@h"/>
                <list><list><entry uri="sip:2@h"><display-name>Two</display-name></entry></list><entry uri="sip:3@h"></entry></list>
                <entry uri=" sip:4@h?a=b&amp;c=d "/>
              </list>
              <list/>
              <list><entry uri="sip:1@h"/></list>
            {Close}
            """);

        uris.ShouldBe(["sip:1@h", "sip:2@h", "sip:3@h", "sip:4@h?a=b&c=d", "sip:1@h"]);
    }

    [Fact]
    [Requirement("DM-12.1.1-1")]
    public void Parse_WhatIsElsewhere_IsNeitherReadNorFetched() =>
        Read($"""
            {Open}<list>
              <external anchor="http://127.0.0.1:1/x"><display-name>x</display-name></external>
              <entry-ref ref="resource-lists/users/x"/>
              <entry uri="sip:1@h"/>
              <y:more xmlns:y="urn:y"><entry xmlns="urn:ietf:params:xml:ns:resource-lists" uri="sip:hidden@h"/><z/></y:more>
            </list></resource-lists>
            """).ShouldBe(["sip:1@h"]);

    [Fact]
    public void Parse_OtherPrefixAttributesAndNames_AreTheSameList() =>
        Read("""
            <rl:resource-lists xmlns:rl="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol">
            <rl:list><rl:entry cp:copyControl="to" cp:anonymize="true" uri="sip:1@h" other="x"/></rl:list></rl:resource-lists>
            """).ShouldBe(["sip:1@h"]);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public void Parse_WithByteOrderMark_IsRead(string encoding)
    {
        var chosen = Encoding.GetEncoding(encoding);
        byte[] octets = [.. chosen.GetPreamble(), .. chosen.GetBytes($"{Open}<list><entry uri=\"sip:é@h\"/></list>{Close}")];

        Parse(octets, Options, out var uris, out _).ShouldBe(ResourceListError.None);
        uris.ShouldBe(["sip:é@h"]);
    }

    [Theory]
    [InlineData(Open + Close)]
    [InlineData(Open + "<list/>" + Close)]
    [InlineData(Open + "<list><list/></list>text that does not belong here" + Close)]
    public void Parse_NoEntries_IsAnEmptyList(string document) => Read(document).ShouldBeEmpty();

    [Theory]
    [InlineData("", ResourceListError.NotWellFormed, 1)]
    [InlineData("   ", ResourceListError.NotWellFormed, 1)]
    [InlineData("not XML", ResourceListError.NotWellFormed, 1)]
    [InlineData("\0\0\0", ResourceListError.NotWellFormed, 1)]
    [InlineData(Open + "\n<list>\n<entry uri=\"a\"></list>" + Close, ResourceListError.NotWellFormed, 3)]
    [InlineData(Open + "<list/>", ResourceListError.NotWellFormed, 1)]
    [InlineData(Open + "<list/>" + Close + "<more/>", ResourceListError.NotWellFormed, 1)]
    [InlineData(Open + "<list><entry uri=\"a\" uri=\"b\"/></list>" + Close, ResourceListError.NotWellFormed, 1)]
    [InlineData(Open + "<list><entry uri=a/></list>" + Close, ResourceListError.NotWellFormed, 1)]
    [InlineData(Open + "<list><entry uri=\"&nbsp;\"/></list>" + Close, ResourceListError.NotWellFormed, 1)]
    [InlineData(Open + "<list><entry uri=\"&#0;\"/></list>" + Close, ResourceListError.NotWellFormed, 1)]
    [InlineData(Open + "<list><p:entry uri=\"a\"/></list>" + Close, ResourceListError.NotWellFormed, 1)]
    [InlineData("<?xml version=\"1.0\" encoding=\"nonsense\"?>" + Open + Close, ResourceListError.NotWellFormed, 1)]
    [InlineData("<?xml version=\"9.9\"?>" + Open + Close, ResourceListError.NotWellFormed, 1)]
    [InlineData("<resource-lists/>", ResourceListError.WrongRoot, 1)]
    [InlineData("\n<list xmlns=\"urn:ietf:params:xml:ns:resource-lists\"/>", ResourceListError.WrongRoot, 2)]
    [InlineData("<resource-lists xmlns=\"urn:other\"/>", ResourceListError.WrongRoot, 1)]
    [InlineData(Open + "\n\n<entry uri=\"a\"/>" + Close, ResourceListError.MisplacedElement, 3)]
    [InlineData(Open + "<list><entry uri=\"a\"><entry uri=\"b\"/></entry></list>" + Close, ResourceListError.MisplacedElement, 1)]
    [InlineData(Open + "<list><entry uri=\"a\"><list/></entry></list>" + Close, ResourceListError.MisplacedElement, 1)]
    [InlineData(Open + "<list><external><list/></external></list>" + Close, ResourceListError.MisplacedElement, 1)]
    [InlineData(Open + "<list><display-name><entry uri=\"a\"/></display-name></list>" + Close, ResourceListError.MisplacedElement, 1)]
    [InlineData(Open + "<list><Entry uri=\"a\"/></list>" + Close, ResourceListError.MisplacedElement, 1)]
    [InlineData(Open + "<list><entry/></list>" + Close, ResourceListError.EntryWithoutUri, 1)]
    [InlineData(Open + "<list>\n<entry URI=\"a\"/></list>" + Close, ResourceListError.EntryWithoutUri, 2)]
    [InlineData(Open + "<list><entry xmlns:p=\"urn:p\" p:uri=\"a\"/></list>" + Close, ResourceListError.EntryWithoutUri, 1)]
    public void Parse_NoResourceList_SaysWhatAndWhere(string document, ResourceListError error, int line)
    {
        Parse(Encoding.UTF8.GetBytes(document), Options, out _, out var at).ShouldBe(error);
        at.ShouldBe(line);
    }

    [Fact]
    public void Parse_OctetsThatAreNotTheirEncoding_AreNotWellFormed() =>
        Parse([.. Encoding.ASCII.GetBytes($"{Open}<list><entry uri=\"sip:"), 0xFF, 0xFE, .. "\"/></list>"u8], Options, out _, out _)
            .ShouldBe(ResourceListError.NotWellFormed);

    [Theory]
    [InlineData("<!DOCTYPE resource-lists>" + Open + Close)]
    [InlineData("<!DOCTYPE resource-lists SYSTEM \"http://127.0.0.1:1/x.dtd\">" + Open + Close)]
    [InlineData("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>")]
    [InlineData("<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><r>&c;</r>")]
    public void Parse_DocumentTypeDeclaration_IsRefusedBeforeItIsRead(string document) =>
        Parse(Encoding.UTF8.GetBytes(document), Options, out _, out _).ShouldBe(ResourceListError.DocumentType);

    [Fact]
    public void Parse_MoreEntriesThanAllowed_StopsThere()
    {
        var octets = Entries(100_000);

        var spent = Allocated(() =>
        {
            Parse(octets, Options, out var uris, out _).ShouldBe(ResourceListError.TooManyEntries);
            uris.Count.ShouldBe(Options.MaxEntries);
        });

        spent.ShouldBeLessThan(1_000_000); // of a document of 7 MB
    }

    [Fact]
    public void Parse_AsManyEntriesAsAllowed_AreRead()
    {
        Parse(Entries(Options.MaxEntries), Options, out var uris, out _).ShouldBe(ResourceListError.None);
        uris.Count.ShouldBe(Options.MaxEntries);
    }

    [Fact]
    public void Parse_SeveralDocuments_CountTogether()
    {
        var uris = new List<string>();
        ResourceListParser.Parse(Entries(600), Options, uris, out _).ShouldBe(ResourceListError.None);
        ResourceListParser.Parse(Entries(600), Options, uris, out _).ShouldBe(ResourceListError.TooManyEntries);
    }

    [Theory]
    [InlineData("<list>")]
    [InlineData("<x:a xmlns:x=\"urn:x\">")]
    public void Parse_DeepNesting_StopsAtTheLimit(string element)
    {
        var document = Encoding.UTF8.GetBytes(Open + string.Concat(Enumerable.Repeat(element, 100_000)));

        var spent = Allocated(() => Parse(document, Options, out _, out _).ShouldBe(ResourceListError.TooDeep));

        spent.ShouldBeLessThan(200_000);
    }

    [Fact]
    public void Parse_NestedAsDeepAsAllowed_IsRead()
    {
        var lists = Options.MaxDepth - 2;
        Read(Open + string.Concat(Enumerable.Repeat("<list>", lists)) + "<entry uri=\"a\"/>" + string.Concat(Enumerable.Repeat("</list>", lists)) + Close)
            .ShouldBe(["a"]);
    }

    // The time of each is seconds when it grows with the square.
    [Theory]
    [InlineData("attributes")]
    [InlineData("namespaces")]
    [InlineData("text")]
    [InlineData("comments")]
    [InlineData("uri")]
    [InlineData("references")]
    [InlineData("names")]
    public void Parse_HugeOfOneKind_CostsNoMoreThanItsOctets(string kind)
    {
        var many = Enumerable.Range(0, 20_000);
        var document = Open + "<list>" + kind switch
        {
            "attributes" => $"<entry uri=\"a\" {string.Join(' ', many.Select(i => $"a{i}=\"\""))}/>",
            "namespaces" => $"<entry uri=\"a\" {string.Join(' ', many.Select(i => $"xmlns:a{i}=\"urn:{i}\""))}/>",
            "text" => $"<entry uri=\"a\"/>{new string('x', 1_000_000)}",
            "comments" => $"<entry uri=\"a\"/>{string.Concat(many.Select(i => $"<!--{i}-->"))}",
            "references" => $"<entry uri=\"a\"/><display-name>{string.Concat(many.Select(_ => "&amp;"))}</display-name>",
            "names" => $"<entry uri=\"a\"/>{string.Concat(many.Select(i => $"<x:n{i} xmlns:x=\"urn:x\"/>"))}",
            _ => $"<entry uri=\"{new string('a', 1_000_000)}\"/>",
        } + "</list>" + Close;
        var octets = Encoding.UTF8.GetBytes(document);

        var spent = Allocated(() => Parse(octets, Options, out var uris, out _).ShouldBe(ResourceListError.None));

        spent.ShouldBeLessThan((octets.Length * 48L) + 200_000, kind); // an attribute has a node of its own
    }

    [Fact]
    public void Parse_WhateverIsWritten_IsReadAgain()
    {
        string[] uris = ["sip:a@h", "sip:\"<&>'@h", "sip:é@h", string.Empty];

        Parse(ResourceListWriter.Write(uris), Options, out var read, out _).ShouldBe(ResourceListError.None);
        read.ShouldBe(uris);
    }

    [Fact]
    public void Parse_AnyMutation_IsAnsweredAndNeverThrows()
    {
        var valid = Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{Open}<list><entry uri=\"sip:a@h\"/><!-- c --><![CDATA[x]]><list/>&amp;</list>{Close}");
        var random = new Random(3);
        for (var round = 0; round < 5_000; round++)
        {
            var octets = valid.ToArray();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                octets[random.Next(octets.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : valid[random.Next(valid.Length)];
            }

            octets = octets[..random.Next(octets.Length + 1)];
            Should.NotThrow(() => Parse(octets, Options, out _, out _), Encoding.Latin1.GetString(octets));
        }
    }

    private static List<string> Read(string document)
    {
        Parse(Encoding.UTF8.GetBytes(document), Options, out var uris, out var line).ShouldBe(ResourceListError.None, $"line {line}");
        return uris;
    }

    private static ResourceListError Parse(byte[] document, ResourceListOptions options, out List<string> uris, out int line)
    {
        uris = [];
        return ResourceListParser.Parse(document, options, uris, out line);
    }

    private static byte[] Entries(int count) =>
        Encoding.UTF8.GetBytes(Open + "<list>" + string.Concat(Enumerable.Range(0, count).Select(
            number => $"<entry uri=\"sip:{number:d26}@im.example.net\"/>")) + "</list>" + Close);

    private static long Allocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
