using System.Globalization;
using System.Text;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Tests.Msrp;

/// <summary>
/// Mutated streams: the reader never throws, uses up what it is given, and gives the same frames in any cut. The
/// environment variable POSTE_FUZZ_ITERATIONS sets the budget, POSTE_FUZZ_SEED replays one run.
/// </summary>
public sealed class MsrpFrameFuzzTests(ITestOutputHelper output)
{
    private const int DefaultIterations = 4000;

    private static readonly string[] Fragments =
    [
        "\r\n", "\n", "\r", "-------", "-------d93kswow$\r\n", "\r\n-------d93kswow", "+", "#", "$", ": ", "MSRP ", " SEND\r\n",
        "Byte-Range: 1-*/*\r\n", "Byte-Range: 99999999999999999999-1/1\r\n", "To-Path: ", "Status: 000 200 OK\r\n", "\0", "ÿ",
        "MSRP d93kswow 200 OK\r\n", "Content-Type: a/b\r\n\r\n",
    ];

    [Fact]
    public void Reader_OnMutatedStreams_IsSteadyInAnyCut()
    {
        int iterations = FromEnvironment("POSTE_FUZZ_ITERATIONS", DefaultIterations);
        int seed = FromEnvironment("POSTE_FUZZ_SEED", Environment.TickCount);
        output.WriteLine($"seed {seed}, {iterations} iterations");
        Random random = new(seed);
        MsrpFrameOptions options = new() { MaxHeadBytes = 700, MaxHeaders = 12, MaxChunkBytes = 400 };
        for (int i = 0; i < iterations; i++)
        {
            byte[] stream = Mutate(Seeds[random.Next(Seeds.Length)], random);
            Transcript whole = Transcript.Whole(stream, options);
            Transcript.Read(RandomCuts(stream, random), options).ShouldEqual(whole, $"seed {seed}, iteration {i}");
        }
    }

    private static byte[][] Seeds { get; } =
    [
        Octets("MSRP d93kswow SEND\r\nTo-Path: msrp://b.example:8888/9di4ea;tcp\r\nFrom-Path: msrp://a.example:7777/iau39;tcp\r\n"
            + "Message-ID: 12339sdqwer\r\nByte-Range: 1-16/16\r\nContent-Type: text/plain\r\n\r\nHi, I'm Alice!\r\n\r\n-------d93kswow$\r\n"),
        Octets("MSRP d93kswow REPORT\r\nTo-Path: msrp://b.example:8888/9di4ea;tcp\r\nFrom-Path: msrp://a.example:7777/iau39;tcp\r\n"
            + "Message-ID: 12339sdqwer\r\nByte-Range: 1-106/106\r\nStatus: 000 200 OK\r\n-------d93kswow$\r\n"
            + "MSRP a786hjs2 200 OK\r\nTo-Path: msrp://b.example/9di4ea;tcp\r\nFrom-Path: msrp://a.example/x;tcp\r\n-------a786hjs2$\r\n"),
    ];

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> stream = [.. seed, .. random.Next(3) == 0 ? seed : []];
        for (int count = random.Next(1, 6); count > 0; count--)
        {
            int at = random.Next(stream.Count);
            switch (random.Next(5))
            {
                case 0:
                    stream[at] = (byte)random.Next(256);
                    break;
                case 1:
                    stream.RemoveRange(at, Math.Min(random.Next(1, 20), stream.Count - at));
                    break;
                case 2:
                    stream.InsertRange(at, Octets(Fragments[random.Next(Fragments.Length)]));
                    break;
                case 3:
                    stream.InsertRange(at, stream.GetRange(at, Math.Min(random.Next(1, 60), stream.Count - at)));
                    break;
                default:
                    stream.InsertRange(at, Enumerable.Repeat((byte)"-\r\nx"[random.Next(4)], random.Next(1, 200)));
                    break;
            }

            if (stream.Count == 0)
            {
                stream.Add(0);
            }
        }

        return [.. stream];
    }

    private static IEnumerable<byte[]> RandomCuts(byte[] stream, Random random)
    {
        int at = 0;
        while (at < stream.Length)
        {
            int length = Math.Min(random.Next(4) == 0 ? random.Next(1, 40) : random.Next(1, 4), stream.Length - at);
            yield return stream[at..(at + length)];
            at += length;
        }
    }

    private static int FromEnvironment(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : fallback;

    private static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);
}
