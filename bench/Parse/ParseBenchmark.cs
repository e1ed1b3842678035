using System.Globalization;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.Bench.Parse;

/// <summary>
/// How fast one thread reads an 800-octet MESSAGE, with typed access to every field that a deposit looks at. The rate is per
/// second of processor time of the whole process, user and system, so that no other thread's work is left out.
/// </summary>
public static class ParseBenchmark
{
    private const int WarmUpRounds = 5;
    private const int Rounds = 7;
    private const int ParsesPerRound = 1_000_000;

    /// <summary>Measures, and prints the median round as <c>sip_parse_per_cpu_s</c> and its allocation as <c>sip_parse_bytes</c>.</summary>
    public static void Run(TextWriter output)
    {
        var octets = SampleMessage.Octets();
        var parser = new SipMessageParser(new SipParserOptions());
        var message = new SipMessage();
        for (var round = 0; round < WarmUpRounds; round++)
        {
            _ = ReadMany(parser, message, octets);
        }

        var rates = new double[Rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            var cpuBefore = Environment.CpuUsage.TotalTime;
            _ = ReadMany(parser, message, octets);
            rates[round] = ParsesPerRound / (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(rates);
        output.WriteLine($"SIP parse: {octets.Length} octets, {message.Headers.Count} header fields, {Rounds} rounds of {ParsesPerRound:N0}, one thread");
        output.WriteLine($"  per CPU second: median {rates[Rounds / 2]:N0}, from {rates[0]:N0} to {rates[^1]:N0}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sip_parse_per_cpu_s={rates[Rounds / 2]:F0}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sip_parse_bytes={(double)allocated / ((long)Rounds * ParsesPerRound):0.##}"));
    }

    private static long ReadMany(SipMessageParser parser, SipMessage message, byte[] octets)
    {
        long sum = 0;
        for (var i = 0; i < ParsesPerRound; i++)
        {
            if (!parser.Parse(message, octets).IsParsed)
            {
                throw new InvalidOperationException("The sample is not a SIP message.");
            }

            sum += ReadDeposit(message);
        }

        return sum;
    }

    // Each value is used, so that none of the reading can be left out.
    private static long ReadDeposit(SipMessage message)
    {
        var via = message.TopVia;
        long sum = message.Method == SipMethod.Message ? 1 : 0;
        sum += message.RequestUri.User.Length + message.RequestUri.Host.Length;
        sum += via.Branch.Length + via.Host.Length + via.Port + via.Received.Length + (via.HasRport ? 1 : 0);
        sum += message.From.Uri.User.Length + message.From.Tag.Length + message.To.Uri.User.Length + message.To.Tag.Length;
        sum += message.CallId.Length + message.CSeq.Number + message.MaxForwards + message.ContentLength + message.Body.Length;
        sum += message.GetContentType(out var type) == SipFieldState.Valid && type.Is("text"u8, "plain"u8) ? 1 : 0;
        sum += message.GetExpires(out var expires) == SipFieldState.Valid ? expires : 0;
        sum += message.GetDate(out var date) == SipFieldState.Valid ? date.Second : 0;
        sum += message.GetAddress(SipHeaderName.PAssertedIdentity, out var asserted) == SipFieldState.Valid ? asserted.Uri.User.Length : 0;
        sum += message.HasToken(SipHeaderName.Privacy, "id"u8) ? 1 : 0;
        foreach (var option in message.GetValues(SipHeaderName.Require))
        {
            sum += option.Length;
        }

        sum += message.TryGet(SipHeaderName.Subject, out var subject) ? subject.Length : 0;
        return sum + (message.Contains(SipHeaderName.Contact) ? 1 : 0);
    }
}
