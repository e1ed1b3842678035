using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Tests.Msrp;

/// <summary>What a reader made of a stream that was handed to it in given pieces.</summary>
internal sealed record Transcript(
    IReadOnlyList<RecordedFrame> Frames, MsrpParseError Error, long Offset, bool IsInsideFrame)
{
    public static Transcript Whole(byte[] stream, MsrpFrameOptions? options = null) => Read([stream], options);

    public static Transcript ByteByByte(byte[] stream, MsrpFrameOptions? options = null) =>
        Read(stream.Select(octet => new[] { octet }), options);

    public static Transcript Split(byte[] stream, int at, MsrpFrameOptions? options = null) =>
        Read([stream[..at], stream[at..]], options);

    public static Transcript Read(IEnumerable<byte[]> pieces, MsrpFrameOptions? options = null)
    {
        MsrpFrameReader reader = new(options ?? new MsrpFrameOptions());
        List<RecordedFrame> frames = [];
        List<byte> body = [];
        foreach (byte[] piece in pieces)
        {
            ReadOnlySpan<byte> rest = piece;
            while (true)
            {
                MsrpFrameEvent found = reader.Read(rest, out int consumed, out ReadOnlySpan<byte> content);
                rest = rest[consumed..];
                if (found == MsrpFrameEvent.Malformed)
                {
                    return new Transcript(frames, reader.Error, reader.Offset, reader.IsInsideFrame);
                }

                if (found == MsrpFrameEvent.NeedMoreData)
                {
                    rest.Length.ShouldBe(0, "all input must be used up");
                    break;
                }

                if (found == MsrpFrameEvent.Head)
                {
                    body.Clear();
                }
                else if (found == MsrpFrameEvent.Body)
                {
                    content.Length.ShouldBeGreaterThan(0);
                    body.AddRange(content);
                }
                else
                {
                    frames.Add(RecordedFrame.From(reader.Head, [.. body], reader.Flag));
                }
            }
        }

        return new Transcript(frames, reader.Error, reader.Offset, reader.IsInsideFrame);
    }

    /// <summary>Compares with another transcript; offsets of an error may differ by what was looked at beyond it.</summary>
    public void ShouldEqual(Transcript other, string because)
    {
        if (!Frames.SequenceEqual(other.Frames))
        {
            Frames.ShouldBe(other.Frames, because);
        }

        Error.ShouldBe(other.Error, because);
        IsInsideFrame.ShouldBe(other.IsInsideFrame, because);
    }
}
