using System.Text;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>The owner of a session in tests: remembers what it is told, and takes what comes.</summary>
internal sealed class RecordingHandler : IMsrpSessionHandler
{
    private readonly HashSet<MsrpSession> _over = [];

    public List<string> Events { get; } = [];

    public List<(string Id, string Type, byte[] Body)> Received { get; } = [];

    public List<(MsrpOutgoingMessage Message, MsrpSendOutcome Outcome)> Sent { get; } = [];

    public List<(MsrpOutgoingMessage Message, MsrpStatus Status)> Reports { get; } = [];

    public MsrpSessionEnd? End { get; private set; }

    public int Aborted { get; set; }

    /// <summary>Decides about a message; null takes it.</summary>
    public Func<MsrpIncomingMessage, MsrpReception?> Decide { get; set; } = _ => null;

    /// <summary>What the sink answers when a message is there.</summary>
    public Func<ValueTask<int>> Safe { get; set; } = () => new ValueTask<int>(MsrpStatusCode.Ok);

    public Action<MsrpSession> Established { get; set; } = _ => { };

    public Action<MsrpSession, MsrpOutgoingMessage> AfterSent { get; set; } = (_, _) => { };

    public IEnumerable<MsrpSendOutcome> Outcomes => Sent.Select(sent => sent.Outcome);

    /// <summary>Id, type and body of a message.</summary>
    public static string Text((string Id, string Type, byte[] Body) message) =>
        $"{message.Id} {message.Type} {Encoding.Latin1.GetString(message.Body)}";

    public void OnEstablished(MsrpSession session)
    {
        Events.Add("established");
        Established(session);
    }

    public MsrpReception OnMessage(MsrpSession session, MsrpIncomingMessage message) =>
        Decide(message) ?? MsrpReception.Accept(new Sink(this, message));

    public void OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        Events.Add($"sent {message.MessageId} {outcome.Kind} {outcome.Status}");
        Sent.Add((message, outcome));
        AfterSent(session, message);
    }

    public void OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
        Events.Add($"report {message.MessageId} {status.Code}");
        Reports.Add((message, status));
    }

    public void OnEnded(MsrpSession session, MsrpSessionEnd end)
    {
        _over.Add(session).ShouldBeTrue("a session ends once");
        End = end;
        Events.Add($"ended {end}");
    }

    /// <summary>Keeps the octets where they belong, as a file would.</summary>
    private sealed class Sink(RecordingHandler owner, MsrpIncomingMessage message) : IMsrpMessageSink
    {
        private readonly MemoryStream _body = new();

        public void Write(long offset, ReadOnlySpan<byte> octets)
        {
            _body.Position = offset;
            _body.Write(octets);
        }

        public async ValueTask<int> CompleteAsync(long length)
        {
            int status = await owner.Safe();
            if (status == MsrpStatusCode.Ok)
            {
                owner.Received.Add((message.MessageId, message.ContentType, _body.ToArray()[..(int)length]));
                owner.Events.Add($"received {message.MessageId} {Encoding.Latin1.GetString(_body.ToArray().AsSpan(0, (int)Math.Min(length, 20)))}");
            }

            return status;
        }

        public void Abort() => owner.Aborted++;
    }
}
