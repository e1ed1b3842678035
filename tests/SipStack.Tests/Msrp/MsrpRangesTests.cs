using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

public sealed class MsrpRangesTests
{
    [Fact]
    public void Ranges_OfRandomPieces_CoverWhatABitmapSays()
    {
        Random random = new(20261122);
        for (int round = 0; round < 2000; round++)
        {
            MsrpRanges ranges = new();
            bool[] bitmap = new bool[40];
            for (int piece = 0; piece < 12; piece++)
            {
                int start = random.Next(40);
                int end = Math.Min(40, start + random.Next(8));
                ranges.Add(start, end);
                Array.Fill(bitmap, true, start, end - start);
                int runs = Enumerable.Range(0, 40).Count(i => bitmap[i] && (i == 0 || !bitmap[i - 1]));
                ranges.Count.ShouldBe(runs, $"round {round}");
                for (int length = 0; length <= 40; length++)
                {
                    ranges.Covers(length).ShouldBe(bitmap[..length].All(bit => bit), $"round {round}, length {length}");
                }
            }
        }
    }
}
