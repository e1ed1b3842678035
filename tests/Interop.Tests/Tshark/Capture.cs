using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Tshark;

/// <summary>
/// A file of captured packets and what tshark reads in it. SIP and SDP are read from the capture as it is. Of MSRP its
/// dissector looks at the first frame of a TCP segment only, and shows nothing of those behind it; so the streams are
/// taken from the capture, cut at their end-lines, and given to the same dissector once more, a frame a record. Only the
/// cutting is ours: a frame that is cut wrongly, or that tshark cannot read, is missing in what it says.
/// </summary>
internal sealed partial class Capture(string tshark, string folder, string file, ServerProcess server)
{
    private const uint PcapMagic = 0xA1B2C3D4;
    private const int LinkTypeUpperPdu = 252; // each record names its dissector
    private const int LargestRecord = 262144;
    private const int EmptyLength = 24; // the header of the file

    /// <summary>The methods and status codes of the SIP messages.</summary>
    public async Task<string[]> SipAsync() => await ValuesAsync(file, "sip", "sip.Method", "sip.Status-Code");

    /// <summary>The media descriptions of the SDP bodies.</summary>
    public async Task<string[]> SdpMediaAsync() => await ValuesAsync(file, "sdp", "sdp.media");

    /// <summary>The types of the parts of the SIP bodies, and the attributes of the XML among them.</summary>
    public async Task<string[]> PartsAsync() => await ValuesAsync(file, "sip && mime_multipart", "mime_multipart.header.content-type", "xml.attribute");

    /// <summary>The values of some fields, for each message of a filter.</summary>
    public async Task<string[][]> FieldsAsync(string filter, params string[] fields) =>
        [.. (await ReadAsync(file, filter, fields)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t'))];

    /// <summary>The methods and status codes of the MSRP frames.</summary>
    public async Task<string[]> MsrpAsync() => await ValuesAsync(await CutMsrpAsync(), "msrp", "msrp.method", "msrp.status.code");

    /// <summary>The packets and MSRP frames that tshark calls malformed.</summary>
    public async Task<string[]> MalformedAsync() =>
    [
        .. await ValuesAsync(file, "_ws.malformed", "frame.number"),
        .. await ValuesAsync(await CutMsrpAsync(), "_ws.malformed", "frame.number"),
    ];

    /// <summary>
    /// The packets on the MSRP port that begin as MSRP does, and that no dissector knew as MSRP; a chunk goes on in packets that begin
    /// with anything.
    /// </summary>
    public async Task<string[]> NotMsrpAsync() =>
        await ValuesAsync(file, $"tcp.port=={server.Msrp.Port} && tcp.len>=4 && tcp.payload[0:4]==4d:53:52:50 && !msrp", "frame.number");

    private async Task<string[]> ValuesAsync(string capture, string filter, params string[] fields) =>
        (await ReadAsync(capture, filter, fields)).Split(['\n', '\t', ','], StringSplitOptions.RemoveEmptyEntries);

    private Task<string> ReadAsync(string capture, string filter, params string[] fields) =>
        Running.ToEndAsync(
            tshark,
            folder,
            [
                "-r", capture,
                "-d", $"tcp.port=={server.Msrp.Port},msrp",
                "-d", $"tcp.port=={server.Sip.Port},sip",
                "-d", $"udp.port=={server.Sip.Port},sip",
                "-Y", filter, "-T", "fields", "-E", "occurrence=a",
                .. fields.SelectMany(field => new[] { "-e", field }),
            ]);

    /// <returns>A file with each MSRP frame of the capture as a record of its own.</returns>
    private async Task<string> CutMsrpAsync()
    {
        var lines = await Running.ToEndAsync(
            tshark, folder, "-r", file, "-Y", $"tcp.port=={server.Msrp.Port} && tcp.len>0", "-T", "fields", "-e", "tcp.srcport", "-e", "tcp.payload");
        var streams = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .GroupBy(columns => columns[0], columns => columns[1].Replace(":", "", StringComparison.Ordinal), StringComparer.Ordinal)
            .Select(stream => Encoding.Latin1.GetString(Convert.FromHexString(string.Concat(stream))));
        var cut = Path.ChangeExtension(file, ".msrp.pcap");
        await using var records = new BinaryWriter(File.Create(cut));
        records.Write(PcapMagic);
        records.Write((ushort)2);
        records.Write((ushort)4);
        records.Write(0L);
        records.Write(LargestRecord);
        records.Write(LinkTypeUpperPdu);
        foreach (var frame in streams.SelectMany(stream => Frame().Matches(stream)))
        {
            WriteRecord(records, Encoding.Latin1.GetBytes(frame.Value));
        }

        return cut;
    }

    private static void WriteRecord(BinaryWriter records, byte[] frame)
    {
        const ushort DissectorNameTag = 12;
        var head = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(head, DissectorNameTag);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), 4);
        "msrp"u8.CopyTo(head.AsSpan(4)); // and four zeros: the end of the tags
        records.Write(0L);
        records.Write(head.Length + frame.Length);
        records.Write(head.Length + frame.Length);
        records.Write(head);
        records.Write(frame);
    }

    // What does not end in its end-line is one record as far as it goes: tshark is to say what that is.
    [GeneratedRegex(@"\G(?:MSRP (?<id>\S+) .*?-------\k<id>[$+#]\r\n|.+)", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Frame();

    /// <summary>Captures what passes the server's ports while something is done.</summary>
    public static async Task<Capture> OfAsync(string tshark, string folder, ServerProcess server, Func<Task> deed)
    {
        var file = Path.Combine(folder, "captured.pcap");
        using var capturing = Running.Start(
            tshark, folder, "-q", "-i", "lo", "-F", "pcap", "-w", file, "-f", $"port {server.Sip.Port} or port {server.Msrp.Port}");
        await capturing.UntilAsync(() => Length(file) >= EmptyLength, "the file of the capture");
        await deed();

        // The capture reaches the file in batches; what it holds is whole once it has stopped growing for a while.
        var (length, since) = (0L, TimeProvider.System.GetTimestamp());
        await capturing.UntilAsync(
            () =>
            {
                if (Length(file) is var now && now != length)
                {
                    (length, since) = (now, TimeProvider.System.GetTimestamp());
                }

                return length > EmptyLength && TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(1.5);
            },
            "the end of the capture");
        await capturing.InterruptAsync();
        return new Capture(tshark, folder, file, server);
    }

    /// <summary>A copy in which the first occurrence of a text is another of the same length.</summary>
    public async Task<Capture> SpoiltAsync(string text, string spoilt)
    {
        spoilt.Length.ShouldBe(text.Length);
        var octets = await File.ReadAllBytesAsync(file);
        var at = octets.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text));
        at.ShouldBeGreaterThan(0);
        Encoding.ASCII.GetBytes(spoilt).CopyTo(octets, at);
        var copy = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"spoilt{at}.pcap"));
        await File.WriteAllBytesAsync(copy, octets);
        return new Capture(tshark, folder, copy, server);
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
