using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Tests.Engine;

public sealed class KeyFilterTests
{
    private static readonly KeyHasher Hasher = new(3, 4);

    [Fact]
    public void MayContain_AddedKey_IsAlwaysTrue()
    {
        KeyFilter filter = Filled(100_000, limit: 64 * 1024 * 1024);

        Enumerable.Range(0, 100_000).ShouldAllBe(number => filter.MayContain(Hash(number)));
    }

    [Fact]
    public void MayContain_AbsentKey_IsSeldomTrue()
    {
        var filter = new KeyFilter(expectedKeys: 100_000, firstBytes: 1024, bytesLimit: 64 * 1024 * 1024);
        Fill(filter, 100_000);

        Mistaken(filter).ShouldBeLessThan(1_000, "one layer: about one in two hundred");
        Mistaken(Filled(100_000, limit: 64 * 1024 * 1024)).ShouldBeLessThan(6_000, "eight layers: each adds its own");
    }

    [Fact]
    public void Add_PastTheLimitOfMemory_ForgetsNothingAndGrowsNoFurther()
    {
        const int Limit = 16 * 1024;
        KeyFilter filter = Filled(100_000, Limit);

        filter.Bytes.ShouldBeLessThanOrEqualTo(Limit);
        Enumerable.Range(0, 100_000).ShouldAllBe(number => filter.MayContain(Hash(number)));
    }

    [Fact]
    public void Create_ForMoreKeysThanTheLimitHolds_StaysWithinIt()
    {
        var filter = new KeyFilter(1_000_000_000, firstBytes: 1024, bytesLimit: 8192);

        filter.Bytes.ShouldBe(8192);
    }

    private static int Mistaken(KeyFilter filter) =>
        Enumerable.Range(1_000_000, 100_000).Count(number => filter.MayContain(Hash(number)));

    private static KeyFilter Filled(int count, long limit)
    {
        var filter = new KeyFilter(0, firstBytes: 1024, bytesLimit: limit);
        Fill(filter, count);
        return filter;
    }

    private static void Fill(KeyFilter filter, int count)
    {
        for (int number = 0; number < count; number++)
        {
            filter.Add(Hash(number));
        }
    }

    private static ulong Hash(int number) => Hasher.Hash(BitConverter.GetBytes(number));
}
