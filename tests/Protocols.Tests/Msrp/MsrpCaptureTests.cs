using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Tests.Msrp;

/// <summary>Streams captured from three other stacks (<c>Captures/README.md</c>).</summary>
public sealed class MsrpCaptureTests
{
    public static TheoryData<string> All => [.. Names("*.msrp")];

    public static TheoryData<string> ToListener => [.. Names("*-to-listener-*.msrp")];

    public static TheoryData<string> FromListener => [.. Names("*-from-listener-*.msrp")];

    [Theory]
    [MemberData(nameof(All))]
    public void Capture_InAnyCut_GivesTheSameFrames(string name)
    {
        byte[] stream = Load(name);
        Transcript whole = Transcript.Whole(stream);

        whole.Error.ShouldBe(MsrpParseError.None);
        whole.IsInsideFrame.ShouldBeFalse();
        whole.Offset.ShouldBe(stream.Length);
        whole.Frames.ShouldAllBe(frame => frame.Error == MsrpParseError.None);
        Transcript.ByteByByte(stream).ShouldEqual(whole, "byte by byte");
        for (int at = 0; at <= stream.Length; at++)
        {
            Transcript.Split(stream, at).ShouldEqual(whole, $"split at {at}");
        }
    }

    [Theory]
    [MemberData(nameof(ToListener))]
    public void Capture_OfASender_HoldsTheNineThousandOctets(string name)
    {
        RecordedFrame[] chunks = [.. Transcript.Whole(Load(name)).Frames.Where(frame => frame.Body.Length > 0)];

        string expected = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i:D8}\n"));
        string.Concat(chunks.Select(chunk => chunk.Body)).ShouldBe(expected);
        chunks[..^1].ShouldAllBe(chunk => chunk.Flag == MsrpFlag.More);
        chunks[^1].Flag.ShouldBe(MsrpFlag.Complete);
    }

    [Theory]
    [MemberData(nameof(FromListener))]
    public void Capture_OfAListener_ReportsEveryOctet(string name)
    {
        IReadOnlyList<RecordedFrame> frames = Transcript.Whole(Load(name)).Frames;

        foreach (string range in new[] { "1-2048/9000", "2049-4096/9000", "4097-6144/9000", "6145-8192/9000", "8193-9000/9000" })
        {
            frames.ShouldContain(frame => frame.Head.Contains(" Report ") && frame.Head.Contains($"|{range}|"));
        }
    }

    private static IEnumerable<string> Names(string pattern) =>
        Directory.GetFiles(Folder, pattern).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Msrp", "Captures");

    private static byte[] Load(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
