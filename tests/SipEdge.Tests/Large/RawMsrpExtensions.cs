using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Large;

/// <summary>Takes long messages chunk by chunk.</summary>
internal static class RawMsrpExtensions
{
    /// <summary>Answers a chunk.</summary>
    public static Task AnswerAsync(this RawMsrp msrp, RawChunk chunk, int status = 200) =>
        msrp.SendAsync(RawMsrp.Answer(chunk.Head, status));

    /// <summary>Takes one message whole, answering each chunk.</summary>
    public static async Task<(string Head, byte[] Body)> TakeWholeAsync(this RawMsrp msrp, RawChunk? first = null)
    {
        var chunk = first ?? await msrp.ReceiveChunkAsync();
        var body = new byte[chunk.Total];
        var (head, id, received) = (chunk.Head, chunk.MessageId, 0L);
        while (true)
        {
            chunk.MessageId.ShouldBe(id);
            chunk.Start.ShouldBe(received, "chunks go out in order");
            chunk.Body.CopyTo(body, chunk.Start);
            received += chunk.Body.Length;
            await msrp.AnswerAsync(chunk);
            if (chunk.Flag != '+')
            {
                chunk.Flag.ShouldBe('$');
                received.ShouldBe(body.Length);
                return (head, body);
            }

            chunk = await msrp.ReceiveChunkAsync();
        }
    }
}
